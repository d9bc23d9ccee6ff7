import { shuffle, type Random } from '../stats/random.ts'
import { CODES } from './bases.ts'

/**
 * The letters of a sequence in another order that has each pair of neighbours exactly as often, and the same first and last letter;
 * drawn evenly from all such orders. An order is a walk that takes each edge of the graph of neighbours once: the last edges
 * out of each letter have to lead to the last letter, the others may come in any order (Altschul & Erickson 1985,
 * doi 10.1093/oxfordjournals.molbev.a040370; last edges by a random walk, Wilson 1996, as Kandel et al. 1996 propose).
 */
export function shuffleDinucleotides(codes: Uint8Array, random: Random): Uint8Array {
  if (codes.length < 4) return codes.slice()
  const next: number[][] = Array.from({ length: CODES }, () => [])
  for (let i = 1; i < codes.length; i++) next[codes[i - 1]!]!.push(codes[i]!)
  const last = codes[codes.length - 1]!
  const exits = lastEdges(next, last, random)
  for (const [letter, edges] of next.entries()) {
    const exit = exits[letter]!
    if (exit < 0) {
      shuffle(edges, random)
      continue
    }
    edges.splice(edges.indexOf(exit), 1)
    shuffle(edges, random).push(exit)
  }
  const result = new Uint8Array(codes.length)
  const taken = new Int32Array(CODES)
  result[0] = codes[0]!
  for (let i = 1; i < codes.length; i++) {
    const letter = result[i - 1]!
    result[i] = next[letter]![taken[letter]!++]!
  }
  return result
}

/** For each letter that something follows, where its last edge leads: together a random tree towards the last letter. −1 for that and for absent ones. */
function lastEdges(next: readonly (readonly number[])[], root: number, random: Random): Int32Array {
  const exits = new Int32Array(CODES).fill(-1)
  const inTree = new Uint8Array(CODES)
  inTree[root] = 1
  for (let start = 0; start < CODES; start++) {
    if (next[start]!.length === 0) continue
    for (let letter = start; !inTree[letter]; letter = exits[letter]!) exits[letter] = next[letter]![random.integer(next[letter]!.length)]!
    for (let letter = start; !inTree[letter]; letter = exits[letter]!) inTree[letter] = 1
  }
  exits[root] = -1
  return exits
}
