import { hasFourInByte, mostPackedBytes, packBases, unpackBases } from '../../shared/dna/packBases.ts'

const KMERS = 256

/** A 4-mer as it is in packed bases, the first in the lowest bits; it and its reverse complement count as one, whichever is lower. */
const canonical = Uint8Array.from({ length: KMERS }, (_, kmer) => {
  let other = 0
  for (let i = 0; i < 4; i++) other = (other << 2) | (3 - ((kmer >> (2 * i)) & 3))
  return Math.min(kmer, other)
})

const counts = new Int32Array(KMERS)

/** Which 4-mers some sequences have, each as a share of all, on both strands; sequences are told apart by how far theirs are from it. */
export class FourMers {
  readonly #shares: Float64Array
  readonly #square: number

  /** @param sequences base codes, each of which counts alike however long it is */
  constructor(sequences: readonly Uint8Array[]) {
    const shares = new Float64Array(KMERS)
    let used = 0
    for (const codes of sequences) {
      const total = countAll(codes)
      if (total === 0) continue
      used++
      for (let kmer = 0; kmer < KMERS; kmer++) shares[kmer]! += counts[kmer]! / total
    }
    if (used > 0) for (let kmer = 0; kmer < KMERS; kmer++) shares[kmer]! /= used
    this.#shares = shares
    this.#square = shares.reduce((sum, share) => sum + share * share, 0)
  }

  /** Euclidean distance of a sequence's shares of 4-mers from these; NaN where it has none. */
  distance(codes: Uint8Array): number {
    const packed = new Uint8Array(mostPackedBytes(codes.length))
    packBases(codes, packed, 0)
    return this.distancePacked(packed, 0, codes.length)
  }

  /** The same of so many bases that `packBases` wrote to `packed` at `at`. */
  distancePacked(packed: Uint8Array, at: number, bases: number): number {
    const shares = this.#shares
    if (!hasFourInByte(packed, at)) {
      const total = countAll(unpackBases(packed, at, 0, bases))
      if (total === 0) return Number.NaN
      return Math.sqrt(shares.reduce((sum, share, kmer) => sum + (counts[kmer]! / total - share) ** 2, 0))
    }
    const total = bases - 3
    if (total < 1) return Number.NaN
    counts.fill(0)
    // Σ (c/n − s)² = Σ c²/n² − 2 Σ c s/n + Σ s², gathered while counting: no second pass over all 4-mers.
    let squares = 0
    let products = 0
    let two = 0
    for (let i = 0, from = at; i < total; i++) {
      if ((i & 3) === 0) {
        from++
        two = packed[from]! | (packed[from + 1]! << 8)
      } else two >>= 2
      const kmer = canonical[two & 255]!
      squares += 2 * counts[kmer]!++ + 1
      products += shares[kmer]!
    }
    return Math.sqrt(Math.max(0, squares / (total * total) - (2 * products) / total + this.#square))
  }
}

const NOT_ONE_BASE = 255
const twoBits = new Uint8Array(16).fill(NOT_ONE_BASE)
for (const [bits, code] of [1, 2, 4, 8].entries()) twoBits[code] = bits

/** Counts the 4-mers of A, C, G and T in `counts`, and returns how many they are. */
function countAll(codes: Uint8Array): number {
  counts.fill(0)
  let total = 0
  let kmer = 0
  let bases = 0
  for (let i = 0; i < codes.length; i++) {
    const bits = twoBits[codes[i]!]!
    if (bits === NOT_ONE_BASE) {
      bases = 0
      continue
    }
    kmer = (kmer >> 2) | (bits << 6)
    if (++bases < 4) continue
    counts[canonical[kmer]!]!++
    total++
  }
  return total
}
