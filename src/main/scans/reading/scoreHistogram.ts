import type { ScoreHistogram } from '../../../shared/domain/locus.ts'
import type { Breathe } from '../../datasets/breathe.ts'
import { roundWidth } from '../../datasets/histogram.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import { readBackground } from '../../db/scanChunks.ts'
import type { StoredScan } from '../../db/scans.ts'
import { columnNumber } from './queryScores.ts'
import { scanColumns } from './scanColumns.ts'
import { cutRecords, windowScores } from './scannedWindows.ts'

const ABOUT_BINS = 50

/**
 * Where the scores of a column lie, in bins whose edges are round numbers: those of sequences scored in one piece and of windows, beside
 * the training part's activities and the scores of the shuffled sequences.
 *
 * @throws WorkbenchError `invalid-input` where the scan has no such column
 */
export async function scoreHistogram(database: ReadableDatabase, scan: StoredScan, key: string, breathe: Breathe): Promise<ScoreHistogram> {
  const column = columnNumber(scan, key)
  const training = readBackground(database, scan.id, 'training').get(column)
  const shuffled = readBackground(database, scan.id, 'shuffled').get(column)
  let [low, high] = [Infinity, -Infinity]
  const widen = (values: Float32Array) => {
    for (const value of values) {
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  for await (const scores of scoresOf(database, scan, column, breathe)) widen(scores)
  for (const background of [training, shuffled]) if (background) widen(background)
  if (low > high) [low, high] = [0, 1]
  const width = roundWidth((high - low) / ABOUT_BINS)
  const first = Math.floor(low / width)
  const bins = Math.floor(high / width) - first + 1
  const empty = () => new Array<number>(bins).fill(0)
  const count = (counts: number[], values: Float32Array): number[] => {
    for (const value of values) if (!Number.isNaN(value)) counts[Math.min(bins - 1, Math.max(0, Math.floor(value / width) - first))]!++
    return counts
  }
  const scores = empty()
  for await (const values of scoresOf(database, scan, column, breathe)) count(scores, values)
  return {
    column: key,
    from: Number((first * width).toPrecision(12)),
    width,
    scores,
    training: training?.length ? count(empty(), training) : null,
    shuffled: shuffled?.length ? count(empty(), shuffled) : null,
  }
}

/** Scores of a column, in pieces: of each window, and of each sequence that has none. */
async function* scoresOf(database: ReadableDatabase, scan: StoredScan, column: number, breathe: Breathe): AsyncGenerator<Float32Array> {
  const whole = (await scanColumns(database, scan).numbers()).scores[column]!
  if (scan.windows === 0) {
    yield whole
    return
  }
  const cut = new Uint8Array(scan.scored)
  const width = scan.columns.length
  for await (const record of cutRecords(database, scan, breathe)) {
    cut[record.position] = 1
    for await (const { scores } of windowScores(database, scan, record, breathe)) yield scores.filter((_, i) => i % width === column)
  }
  yield whole.filter((_, position) => cut[position] === 0)
}
