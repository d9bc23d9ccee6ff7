import { relations, type Relation } from '../../../shared/domain/split.ts'
import type { Breathe } from '../breathe.ts'
import type { SequenceClasses } from '../classifySequences.ts'
import { findOverlaps } from '../findOverlaps.ts'

const PARTS = 3

/** An element that is related to one of another part, of the parts before its own. All are indices. */
export interface Leak {
  readonly element: number
  readonly part: number
  readonly other: number
  readonly otherPart: number
  readonly relation: Relation
}

/**
 * Every element of the validation and test parts that an element of a part before its own is related to (train comes before
 * validation, validation before test): once for each such part, under the closest relation. Relations are direct ones.
 *
 * @param assignment index in `parts` of each sequence
 */
export async function findLeaks(
  { classes, strands, representatives }: SequenceClasses,
  assignment: Uint8Array,
  breathe: Breathe,
): Promise<Leak[]> {
  const count = representatives.length
  // The first element of each class, strand and part, and which parts a class is in.
  const first = new Int32Array(count * 2 * PARTS).fill(-1)
  const inParts = new Uint8Array(count)
  const place = (of: number, strand: number, part: number) => (of * 2 + strand) * PARTS + part
  for (let i = assignment.length - 1; i >= 0; i--) {
    first[place(classes[i]!, strands[i]!, assignment[i]!)] = i
    inParts[classes[i]!]! |= 1 << assignment[i]!
  }
  const overlapping = await overlapsAcross(representatives, inParts, breathe)
  const leaks: Leak[] = []
  for (let element = 0; element < assignment.length; element++) {
    if (element % 64 === 0) await breathe()
    const [of, strand, part] = [classes[element]!, strands[element]!, assignment[element]!]
    for (let otherPart = 0; otherPart < part; otherPart++) {
      const through = overlapping[of * PARTS + otherPart]!
      const candidates = [
        first[place(of, strand, otherPart)]!,
        first[place(of, 1 - strand, otherPart)]!,
        through < 0 ? -1 : Math.max(first[place(through, 0, otherPart)]!, first[place(through, 1, otherPart)]!),
      ]
      const closest = candidates.findIndex((other) => other >= 0)
      if (closest >= 0) leaks.push({ element, part, other: candidates[closest]!, otherPart, relation: relations[closest]! })
    }
  }
  return leaks
}

/** Of each class and part, a class of that part that overlaps it, −1 where none does or none is asked for: [classes, parts]. */
async function overlapsAcross(representatives: readonly Uint8Array[], inParts: Uint8Array, breathe: Breathe): Promise<Int32Array> {
  const overlapping = new Int32Array(representatives.length * PARTS).fill(-1)
  // Parts of which a class still has to be told, as bits: those before its last that it is not in itself.
  const open = inParts.map((bits) => (2 ** (31 - Math.clz32(bits)) - 1) & ~bits)
  const tell = (of: number, other: number) => {
    for (let part = 0; part < PARTS; part++) {
      if ((open[of]! & inParts[other]! & (1 << part)) !== 0) overlapping[of * PARTS + part] = other
    }
    open[of]! &= ~inParts[other]!
  }
  const search = {
    wanted: (a: number, b: number) => (open[a]! & inParts[b]!) !== 0 || (open[b]! & inParts[a]!) !== 0,
    found: (a: number, b: number) => {
      tell(a, b)
      tell(b, a)
    },
  }
  await findOverlaps(representatives, search, breathe)
  return overlapping
}
