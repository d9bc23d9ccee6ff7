import type { Scan } from '../../../shared/domain/scan.ts'
import { cutBothAdapters, type Frame } from '../../../shared/dna/fitBases.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import { readBasesOfPieces, type ChunkDoubts } from '../../db/scanChunks.ts'
import { readChunkBases, readWords } from '../../db/scanColumns.ts'
import { SEEN, UNLIKE_TRAINING } from '../scanPlan.ts'
import { shareBelow } from '../shareBelow.ts'
import type { TrainingReference } from '../trainingReference.ts'

/** A scan as far as its doubts follow from it. */
export interface ScanInDoubt extends Pick<Scan, 'id' | 'assessed'> {
  readonly frame: Frame
  readonly windowLength: number
  /** Whether its sequences are looked for in the data of its first model. */
  readonly seen: boolean
}

/** Farther from the training part than so many in a hundred of its own sequences, a sequence is unlike it. */
const UNLIKE = 99
/** Bases of a long sequence that are compared at once. */
const MOST_AT_ONCE = 1 << 20

/**
 * Compares the sequences of a scan, as they are stored, with the training part, chunk by chunk from the first that was not: how far their
 * 4-mers are from it, and whether it has them. Of one that was cut into windows the distance is the mean over the blocks of a
 * window's length that follow each other.
 */
export function* findDoubts(database: ReadableDatabase, scan: ScanInDoubt, training: TrainingReference): Generator<ChunkDoubts> {
  for (let start = scan.assessed; ;) {
    const words = readWords(database, scan.id, start)
    if (!words) return
    const { lengths } = words
    const windows = new Map(words.windows)
    const sequences = lengths.map((length, place) => ({ length, windows: windows.get(place) ?? 0 }))
    const basesAt = readChunkBases(database, scan.id, { start, sequences })
    if (!basesAt) return
    const distance = new Float32Array(lengths.length)
    const flags = new Uint8Array(lengths.length)
    for (const [place, length] of lengths.entries()) {
      const compared = windows.has(place)
        ? compareStretches(database, scan, start + place, length, training)
        : compare(cutBothAdapters(basesAt(place), scan.frame.prefix, scan.frame.suffix), scan, training)
      distance[place] = compared.distance
      flags[place] = (compared.distance >= UNLIKE ? UNLIKE_TRAINING : 0) | (compared.isSeen ? SEEN : 0)
    }
    yield { start, distance, flags }
    start += lengths.length
  }
}

interface Compared {
  /** 0 to 100; NaN where it has no 4-mers. */
  readonly distance: number
  readonly isSeen: boolean
}

function compare(codes: Uint8Array, { seen }: ScanInDoubt, training: TrainingReference): Compared {
  return { distance: distanceOf(codes, training), isSeen: seen && isInTraining(codes, training) }
}

function compareStretches(
  database: ReadableDatabase,
  { id, windowLength, seen }: ScanInDoubt,
  position: number,
  length: number,
  training: TrainingReference,
): Compared {
  const stretch = windowLength * Math.ceil(MOST_AT_ONCE / windowLength)
  let [sum, blocks, isSeen] = [0, 0, false]
  for (let from = 0; from < length; from += stretch) {
    // A window more, so that what lies across two stretches is within one of them.
    const codes = readBasesOfPieces(database, id, position, from, Math.min(length, from + stretch + windowLength))
    for (let at = 0; at + windowLength <= Math.min(codes.length, stretch); at += windowLength) {
      const distance = distanceOf(codes.subarray(at, at + windowLength), training)
      if (Number.isNaN(distance)) continue
      sum += distance
      blocks++
    }
    isSeen ||= seen && isInTraining(codes, training)
  }
  return { distance: sum / blocks, isSeen }
}

/** The share of training sequences whose 4-mers are nearer to the training part's, 0 to 100; NaN where not known. */
function distanceOf(codes: Uint8Array, { fourMers, distances }: TrainingReference): number {
  const distance = fourMers().distance(codes)
  return Number.isNaN(distance) ? distance : (shareBelow(distances(), distance) ?? Number.NaN)
}

function isInTraining(codes: Uint8Array, { seen }: TrainingReference): boolean {
  return seen().nearest(codes)?.part === 'train'
}
