import type { Locus } from '../../../shared/domain/locus.ts'
import { decodeBases } from '../../../shared/dna/bases.ts'
import { mostPackedBytes, packBases } from '../../../shared/dna/packBases.ts'
import { countPackedGc } from '../../../shared/dna/packedGc.ts'
import { windowStart, type Windows } from '../../../shared/dna/windows.ts'
import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { Breathe } from '../../datasets/breathe.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import { readAnnotations } from '../../db/scanAnnotations.ts'
import { readBases } from '../../db/scanChunks.ts'
import { readPackedPieces, type PackedPiece } from '../../db/scanColumns.ts'
import type { StoredScan } from '../../db/scans.ts'
import { rowReader } from './rowReader.ts'
import { middleOf, recordAt, windowsBetween, windowScores, windowsOf, type ScannedRecord } from './scannedWindows.ts'

/** Bases that are short enough to be read letter by letter. */
const READABLE = 2000
/** Bases read at a time for their G and C. */
const BASES_AT_ONCE = 1 << 22
/** Features that can be told apart in one view; of more, the longest. */
const MOST_FEATURES = 5000

export interface LocusAsked {
  readonly position: number
  readonly from: number
  /** The sequence's end where not given. */
  readonly to?: number | undefined
  readonly bins: number
}

/**
 * A stretch of a scanned sequence in bins of equal width: of the windows whose middles are in each the lowest, mean and highest score by
 * column, and the share of G and C of its bases. Windows and bases are read a piece at a time. A sequence that was scored in
 * one piece is one window.
 *
 * @throws WorkbenchError `not-found` where there is no such sequence; `invalid-input` where the stretch is not in it
 */
export async function readLocus(database: ReadableDatabase, scan: StoredScan, asked: LocusAsked, breathe: Breathe): Promise<Locus> {
  const record = recordAt(database, scan, asked.position)
  const from = asked.from
  const to = Math.min(asked.to ?? record.length, record.length)
  if (from >= to) {
    throw new WorkbenchError(
      'invalid-input',
      `${record.name} has ${record.length} bases; there are none from ${from} to ${asked.to ?? to}.`,
      {
        hint: 'Choose a stretch within the sequence.',
      },
    )
  }
  const layout = record.windows > 0 ? windowsOf(scan) : { length: record.length, stride: record.length }
  const bins = Math.min(asked.bins, to - from)
  const view = { from, to, bins }
  const tracks =
    record.windows > 0
      ? await binWindows(database, scan, record, layout, view, breathe)
      : binOne(rowReader(database, scan)(record.position).scores, binOf(middleOf(0, layout), view), bins)
  const isReadable = to - from <= READABLE
  const codes = isReadable ? readBases(database, scan.id, record.position, from, to) : null
  return {
    position: record.position,
    name: record.name,
    length: record.length,
    from,
    to,
    stride: layout.stride,
    windowLength: layout.length,
    at: Float32Array.from({ length: bins }, (_, bin) => from + ((bin + 0.5) * (to - from)) / bins),
    tracks: scan.columns.map(({ key }, c) => ({ column: key, ...tracks[c]! })),
    gc: await binGc(database, scan, record, view, breathe),
    bases: codes && decodeBases(codes),
    annotations: readAnnotations(database, scan.id, record.position, from, to, MOST_FEATURES),
  }
}

interface View {
  readonly from: number
  readonly to: number
  readonly bins: number
}

interface Track {
  readonly low: Float32Array
  readonly mean: Float32Array
  readonly high: Float32Array
}

function binOf(base: number, { from, to, bins }: View): number {
  return Math.floor(((base - from) * bins) / (to - from))
}

async function binWindows(
  database: ReadableDatabase,
  scan: StoredScan,
  record: ScannedRecord,
  layout: Windows,
  view: View,
  breathe: Breathe,
): Promise<Track[]> {
  const { bins } = view
  const width = scan.columns.length
  const [low, high] = [new Float32Array(width * bins).fill(Infinity), new Float32Array(width * bins).fill(-Infinity)]
  const sum = new Float64Array(width * bins)
  const count = new Int32Array(width * bins)
  const { first: from, end } = windowsBetween(record, layout, view.from, view.to)
  for await (const { first, scores } of windowScores(database, scan, record, breathe, from, end)) {
    for (let i = 0, window = first; i < scores.length; window++) {
      const bin = binOf(middleOf(windowStart(window, record.length, layout), layout), view)
      for (let at = bin * width; at < (bin + 1) * width; at++, i++) {
        const score = scores[i]!
        if (Number.isNaN(score)) continue
        if (score < low[at]!) low[at] = score
        if (score > high[at]!) high[at] = score
        sum[at]! += score
        count[at]!++
      }
    }
  }
  const column = (c: number, valueAt: (at: number) => number) =>
    Float32Array.from({ length: bins }, (_, bin) => (count[bin * width + c]! > 0 ? valueAt(bin * width + c) : Number.NaN))
  return scan.columns.map((_, c) => ({
    low: column(c, (at) => low[at]!),
    mean: column(c, (at) => sum[at]! / count[at]!),
    high: column(c, (at) => high[at]!),
  }))
}

function binOne(scores: readonly number[], bin: number, bins: number): Track[] {
  return scores.map((score) => {
    const track = new Float32Array(bins).fill(Number.NaN)
    if (bin >= 0 && bin < bins) track[bin] = score
    return { low: track, mean: track, high: track }
  })
}

/** Share of G and C among A, C, G and T of each bin; NaN where there is none, or the bases are not kept. */
async function binGc(
  database: ReadableDatabase,
  scan: StoredScan,
  record: ScannedRecord,
  view: View,
  breathe: Breathe,
): Promise<Float32Array> {
  const { from, to, bins } = view
  const [gc, all] = [new Float64Array(bins), new Float64Array(bins)]
  const edge = (bin: number) => from + Math.ceil((bin * (to - from)) / bins)
  for await (const piece of basesOf(database, scan, record, from, to, breathe)) {
    const end = Math.min(to, piece.first + piece.bases)
    for (let at = Math.max(from, piece.first), bin = binOf(at, view); at < end; bin++) {
      const next = Math.min(end, edge(bin + 1))
      const counted = countPackedGc(piece.packed, 0, at - piece.first, next - piece.first)
      gc[bin]! += counted.gc
      all[bin]! += counted.gc + counted.at
      at = next
    }
  }
  return Float32Array.from(gc, (strong, bin) => strong / all[bin]!)
}

/** The bases of a stretch, packed, some at a time. */
async function* basesOf(
  database: ReadableDatabase,
  scan: StoredScan,
  { position, windows, length }: ScannedRecord,
  from: number,
  to: number,
  breathe: Breathe,
): AsyncGenerator<PackedPiece> {
  if (windows === 0) {
    const codes = readBases(database, scan.id, position)
    if (!codes) return
    const packed = new Uint8Array(mostPackedBytes(length))
    packBases(codes, packed, 0)
    yield { first: 0, bases: length, packed }
    return
  }
  let done = from
  for (let start = from; start < to; start += BASES_AT_ONCE) {
    for (const piece of readPackedPieces(database, scan.id, position, start, Math.min(to, start + BASES_AT_ONCE))) {
      // One that reaches into two stretches is read with both.
      if (piece.first + piece.bases <= done) continue
      done = piece.first + piece.bases
      yield piece
    }
    await breathe()
  }
}
