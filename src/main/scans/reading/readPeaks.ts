import type { Peak, PeakRule } from '../../../shared/domain/locus.ts'
import type { Breathe } from '../../datasets/breathe.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import type { StoredScan } from '../../db/scans.ts'
import { callPeaks } from './callPeaks.ts'
import { peakThreshold } from './peakThreshold.ts'
import { cutRecords, recordAt, windowScores, windowsOf, type ScannedRecord } from './scannedWindows.ts'

export interface CalledPeaks {
  readonly peaks: Peak[]
  readonly threshold: number
  /** In words. */
  readonly rule: string
}

/**
 * The active stretches of one sequence, or of all that were cut into windows, by a rule; the highest in the rule's column first.
 *
 * @param position of the sequence; null for all
 * @throws WorkbenchError as {@link peakThreshold} does
 */
export async function readPeaks(
  database: ReadableDatabase,
  scan: StoredScan,
  position: number | null,
  rule: PeakRule,
  breathe: Breathe,
): Promise<CalledPeaks> {
  const { column, threshold, rule: words } = await peakThreshold(database, scan, rule, breathe)
  const calling = { layout: windowsOf(scan), columns: scan.columns, column, threshold, mergeDistance: rule.mergeDistance }
  const records: AsyncIterable<ScannedRecord> | ScannedRecord[] =
    position === null ? cutRecords(database, scan, breathe) : [recordAt(database, scan, position)]
  const peaks: Peak[] = []
  for await (const record of records) {
    for (const peak of await callPeaks(record, windowScores(database, scan, record, breathe), calling)) peaks.push(peak)
  }
  peaks.sort((a, b) => b.scores[column]! - a.scores[column]! || a.position - b.position || a.start - b.start)
  return { peaks, threshold, rule: words }
}
