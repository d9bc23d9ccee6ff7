import { reverseComplement } from '../../shared/dna/bases.ts'
import type { Breathe } from './breathe.ts'

/** Sequences by what they are on either strand. */
export interface SequenceClasses {
  /** Equal sequences and reverse complements share a class, numbered from 0 as they first come: [sequences]. */
  readonly classes: Int32Array
  /** 0 where a sequence reads as the first of its class does, 1 where it is its reverse complement: [sequences]. */
  readonly strands: Uint8Array
  /** The first sequence of each class. */
  readonly representatives: readonly Uint8Array[]
}

/** Puts equal sequences and reverse complements into classes. */
export async function classifySequences(sequences: readonly Uint8Array[], breathe: Breathe): Promise<SequenceClasses> {
  const classes = new Int32Array(sequences.length)
  const strands = new Uint8Array(sequences.length)
  const representatives: Uint8Array[] = []
  const classOf = new Map<string, number>()
  for (const [i, codes] of sequences.entries()) {
    if (i % 64 === 0) await breathe()
    const forward = keyOf(codes)
    let known = classOf.get(forward)
    if (known === undefined) {
      known = classOf.get(keyOf(reverseComplement(codes)))
      if (known === undefined) {
        known = representatives.push(codes) - 1
        classOf.set(forward, known)
      } else strands[i] = 1
    }
    classes[i] = known
  }
  return { classes, strands, representatives }
}

function keyOf(codes: Uint8Array): string {
  return Buffer.from(codes.buffer, codes.byteOffset, codes.byteLength).toString('latin1')
}
