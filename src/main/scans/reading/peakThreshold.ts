import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { PeakRule } from '../../../shared/domain/locus.ts'
import { countOf, formatCount, formatDecimal } from '../../../shared/text/numbers.ts'
import type { Breathe } from '../../datasets/breathe.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import { readBackground } from '../../db/scanChunks.ts'
import type { StoredScan } from '../../db/scans.ts'
import { columnNumber } from './queryScores.ts'
import { cutRecords, windowScores } from './scannedWindows.ts'
import { selectRank } from './selectRank.ts'

/** A rule with the score that it comes to, and both in words. */
export interface PeakThreshold {
  readonly column: number
  readonly threshold: number
  readonly rule: string
}

/**
 * The score from which windows are active: that which so many in a hundred of what they are compared with do not pass (nearest rank).
 *
 * @throws WorkbenchError `invalid-input` where the scan has no such column, no windows, or nothing to compare with
 */
export async function peakThreshold(
  database: ReadableDatabase,
  scan: StoredScan,
  { column: key, percentile, against, mergeDistance }: PeakRule,
  breathe: Breathe,
): Promise<PeakThreshold> {
  const column = columnNumber(scan, key)
  if (scan.windows === 0) {
    throw new WorkbenchError(
      'invalid-input',
      `No sequence of ${scan.name} was cut into windows, so there are no stretches to call active.`,
      {
        hint: 'Score sequences that are longer than the model reads, cut into windows.',
      },
    )
  }
  const rankOf = (count: number) => Math.max(0, Math.ceil((percentile / 100) * count) - 1)
  let threshold: number
  let compared: string
  if (against === 'windows') {
    threshold = await selectRank(() => columnOfWindows(database, scan, column, breathe), rankOf)
    compared = `the scores of the scan’s own ${countOf(scan.windows, 'window')}`
  } else {
    const background = readBackground(database, scan.id, against).get(column)
    if (!background || background.length === 0) throw nothingToCompareWith(against)
    threshold = background[rankOf(background.length)]!
    compared =
      against === 'shuffled'
        ? `the scores of ${countOf(background.length, 'shuffled sequence')} with the same dinucleotides`
        : `the ${countOf(background.length, 'activity', 'activities')} measured in the training part`
  }
  const { windowLength, options } = scan
  return {
    column,
    threshold,
    rule:
      `Windows of ${formatCount(windowLength)} bases, one every ${formatCount(options.stride)}, are active where their ${key} score is at least ` +
      `${formatDecimal(threshold)}, the ${ordinal(percentile)} percentile of ${compared}; active windows with at most ` +
      `${countOf(mergeDistance, 'base')} between them are one peak.`,
  }
}

async function* columnOfWindows(
  database: ReadableDatabase,
  scan: StoredScan,
  column: number,
  breathe: Breathe,
): AsyncGenerator<Float32Array> {
  const width = scan.columns.length
  for await (const record of cutRecords(database, scan, breathe)) {
    for await (const { scores } of windowScores(database, scan, record, breathe)) {
      const own = new Float32Array(scores.length / width)
      for (let i = 0; i < own.length; i++) own[i] = scores[i * width + column]!
      yield own
    }
  }
}

function nothingToCompareWith(against: 'shuffled' | 'training'): WorkbenchError {
  return against === 'shuffled'
    ? new WorkbenchError('invalid-input', 'This scan made no shuffled sequences to compare with.', {
        hint: 'Compare with its own windows, or score the file again with shuffled sequences.',
      })
    : new WorkbenchError(
        'invalid-input',
        'What the model was trained on is not in this workspace, so there are no activities to compare with.',
        {
          hint: 'Compare with shuffled sequences, or with the scan’s own windows.',
        },
      )
}

/** `95th`, `99.5th`, `1st`. */
function ordinal(value: number): string {
  const last = value % 10
  const suffix =
    !Number.isInteger(value) || Math.floor(value / 10) % 10 === 1 ? 'th' : last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th'
  return `${value}${suffix}`
}
