import { decodeBases, encodeBases, reverseComplement } from '../../../shared/dna/bases.ts'
import type { Adapters } from '../../../shared/domain/dataset.ts'
import type { Breathe } from '../breathe.ts'
import { searchable, type ExploredContent } from '../explore/exploredContent.ts'

/** A dataset that is to be combined with others. */
export interface ParentContent {
  readonly id: number
  readonly name: string
  readonly fingerprint: string
  readonly simulated: boolean
  readonly minimumBarcodes: number
  readonly adapters: Adapters
  readonly content: ExploredContent
}

/** Which elements of several datasets are one. */
export interface MatchedElements {
  /** Names, unique: a name that stands for another sequence in an earlier parent has its dataset's name added. */
  readonly names: readonly string[]
  /** Where each is in each parent, −1 where it is not: [parents][elements]. */
  readonly positions: readonly Int32Array[]
  /** How many are in all parents. */
  readonly shared: number
  /** Shared elements that have the same name in all parents; the others were found by their sequence. */
  readonly byName: number
  readonly conflictingNames: readonly string[]
  /** Elements whose insert is the reverse complement of one of an earlier parent, and that are not in that parent themselves. */
  readonly reverseComplements: number
}

/**
 * Finds the elements that several datasets share: by name where name and sequence are equal, else by sequence, one to one.
 * Sequences are compared whole, adapters included, on the strand on which they stand.
 */
export async function matchParents(parents: readonly ParentContent[], breathe: Breathe): Promise<MatchedElements> {
  const names: string[] = []
  const sequences: string[] = []
  const numberOfName = new Map<string, number>()
  const numbersOfSequence = new Map<string, number[]>()
  const positions: number[][] = []
  const renamed = new Set<number>()
  const conflictingNames: string[] = []
  const inserts = new Set<string>()
  let reverseComplements = 0
  for (const { name: parent, adapters, content } of parents) {
    await breathe()
    const here = new Array<number>(names.length).fill(-1)
    const isTaken = (number: number) => here[number] !== undefined && here[number] >= 0
    const left: number[] = []
    for (const [i, name] of content.names.entries()) {
      const number = numberOfName.get(name)
      if (number !== undefined && sequences[number] === content.searchSequences[i]) here[number] = i
      else left.push(i)
    }
    await breathe()
    const ofParent: string[] = []
    for (const i of left) {
      const sequence = content.searchSequences[i]!
      const number = numbersOfSequence.get(sequence)?.find((candidate) => !isTaken(candidate))
      if (number !== undefined) {
        here[number] = i
        renamed.add(number)
        continue
      }
      const insert = insertOf(sequence, adapters)
      if (inserts.size > 0 && inserts.has(opposite(insert))) reverseComplements++
      const name = content.names[i]!
      if (numberOfName.has(name)) conflictingNames.push(name)
      const own = uniqueName(name, parent, numberOfName)
      const added = names.push(own) - 1
      sequences.push(sequence)
      numberOfName.set(own, added)
      here[added] = i
      ofParent.push(sequence)
    }
    await breathe()
    // Only now: within one parent, equal sequences are elements of their own.
    for (const sequence of ofParent) inserts.add(insertOf(sequence, adapters))
    for (let number = names.length - ofParent.length; number < names.length; number++) {
      const known = numbersOfSequence.get(sequences[number]!)
      if (known) known.push(number)
      else numbersOfSequence.set(sequences[number]!, [number])
    }
    positions.push(here)
  }
  const columns = positions.map((here) => Int32Array.from({ length: names.length }, (_, number) => here[number] ?? -1))
  const isShared = (number: number) => columns.every((column) => column[number]! >= 0)
  const shared = [...names.keys()].filter(isShared)
  return {
    names,
    positions: columns,
    shared: shared.length,
    byName: shared.filter((number) => !renamed.has(number)).length,
    conflictingNames,
    reverseComplements,
  }
}

/** A name that nobody has yet: with its dataset's in brackets, and a number where that is not enough. */
export function uniqueName(name: string, dataset: string, taken: { has(name: string): boolean }): string {
  if (!taken.has(name)) return name
  const full = `${name} (${dataset.slice(0, 80)})`
  let unique = full
  for (let n = 2; taken.has(unique); n++) unique = `${full} ${n}`
  return unique
}

function insertOf(sequence: string, adapters: Adapters): string {
  const [prefix, suffix] = [searchable(adapters.prefix), searchable(adapters.suffix)]
  const from = sequence.startsWith(prefix) ? prefix.length : 0
  const to = suffix !== '' && sequence.endsWith(suffix) ? sequence.length - suffix.length : sequence.length
  return sequence.slice(from, Math.max(from, to))
}

function opposite(sequence: string): string {
  const encoded = encodeBases(sequence)
  return 'codes' in encoded ? decodeBases(reverseComplement(encoded.codes)) : ''
}
