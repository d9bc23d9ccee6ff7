import type { Peak } from '../../../shared/domain/locus.ts'
import type { ScanColumn } from '../../../shared/domain/scan.ts'
import { windowStart, type Windows } from '../../../shared/dna/windows.ts'
import { specificity } from './specificity.ts'
import { middleOf, type ScannedRecord, type WindowScores } from './scannedWindows.ts'

export interface PeakCalling {
  readonly layout: Windows
  readonly columns: readonly ScanColumn[]
  /** Number of the column that is judged. */
  readonly column: number
  /** Windows of this score or a higher one are active. */
  readonly threshold: number
  /** Bases between active windows that are one peak, at most. */
  readonly mergeDistance: number
}

/**
 * The active stretches of one sequence, from its start to its end. A peak reaches from the start of its first active window to the end of
 * its last; its scores are those of the highest, of equal ones the first.
 */
export async function callPeaks(
  { position, name, length }: ScannedRecord,
  pieces: Iterable<WindowScores> | AsyncIterable<WindowScores>,
  { layout, columns, column, threshold, mergeDistance }: PeakCalling,
): Promise<Peak[]> {
  const width = columns.length
  const peaks: Peak[] = []
  let open: { start: number; end: number; windows: number; highest: number; at: number; scores: number[] } | null = null
  const close = () => {
    if (!open) return
    const { start, end, windows, at, scores } = open
    peaks.push({
      position,
      sequence: name,
      start,
      end,
      summit: middleOf(at, layout),
      scores,
      specificity: specificity(columns, scores)[column]!,
      windows,
    })
    open = null
  }
  for await (const { first, scores } of pieces) {
    for (let i = column, window = first; i < scores.length; i += width, window++) {
      const score = scores[i]!
      // NaN is no score.
      if (!(score >= threshold)) continue
      const start = windowStart(window, length, layout)
      const end = start + layout.length
      if (open && start - open.end > mergeDistance) close()
      open ??= { start, end, windows: 0, highest: -Infinity, at: start, scores: [] }
      open.end = end
      open.windows++
      if (score > open.highest) {
        open.highest = score
        open.at = start
        open.scores = [...scores.subarray(i - column, i - column + width)]
      }
    }
  }
  close()
  return peaks
}
