import type { PeakRule } from '../../../shared/domain/locus.ts'
import { windowStart } from '../../../shared/dna/windows.ts'
import { readBackground } from '../../db/scanChunks.ts'
import { callPeaks } from '../reading/callPeaks.ts'
import type { PeakThreshold } from '../reading/peakThreshold.ts'
import { columnNumber } from '../reading/queryScores.ts'
import { windowScores, windowsOf } from '../reading/scannedWindows.ts'
import { shareBelow } from '../shareBelow.ts'
import { shortestFloat32 } from '../scoresTsv.ts'
import { ExportedFile } from './exportedFile.ts'
import { keptRecords } from './exportedRecords.ts'
import type { Exporting } from './exporting.ts'
import { bedLine, escapedSequence, gffLine, PLACES_OF_BED, type IntervalLine } from './intervalLines.ts'

export type PeaksAsked = PeakThreshold & Pick<PeakRule, 'mergeDistance' | 'against'>

/**
 * Peaks where a rule is given, else windows, and sequences that have none, as BED or GFF3; what it is stands in comments on top. Peaks are
 * numbered in the order of the file.
 *
 * @param key the column by which lines are scored, the first where not given
 */
export async function intervalFile(
  exporting: Exporting,
  format: 'bed' | 'gff3',
  key: string | undefined,
  peaks: PeaksAsked | undefined,
): Promise<Uint8Array> {
  const { database, scan, query, breathe, progress } = exporting
  const column = peaks?.column ?? (key === undefined ? 0 : columnNumber(scan, key))
  const file = new ExportedFile(breathe)
  const toLine = format === 'bed' ? bedLine : gffLine
  await file.write(headOf(exporting, format, column, peaks))
  const compared = peaks?.against === 'windows' ? undefined : readBackground(database, scan.id, peaks?.against ?? 'shuffled').get(column)
  const shareOf: ShareOf = (scores) => shareBelow(compared, scores[column]!)
  const { total, records } = await keptRecords(database, scan, query, breathe)
  let done = 0
  for await (const record of records) {
    let head = format === 'gff3' ? `##sequence-region ${escapedSequence(record.name)} 1 ${record.length}\n` : ''
    for await (const lines of peaks ? peaksOf(exporting, record, peaks, shareOf) : stretchesOf(exporting, record, column, shareOf)) {
      if (lines.length === 0) continue
      await file.write(head + lines.map(toLine).join(''))
      head = ''
    }
    progress(++done, total)
  }
  return file.bytes()
}

function headOf({ scan }: Exporting, format: 'bed' | 'gff3', column: number, peaks: PeaksAsked | undefined): string {
  const what = peaks
    ? [`Peaks of ${scan.name}. ${peaks.rule}`]
    : [`Scores of ${scan.name} (${scan.target === 'specificity' ? 'specificity' : 'log2(RNA/DNA)'}), ordered as the file.`]
  const places = scan.layout === 'bed' ? [PLACES_OF_BED] : []
  const columns =
    format === 'bed'
      ? [`name: the scores; score: 10 times the share of what they are compared with that scores lower in ${scan.columns[column]!.key}`]
      : []
  return (
    [
      ...(format === 'gff3' ? ['##gff-version 3'] : []),
      ...[...what, ...places, ...columns].map((text) => `# ${text.replaceAll('\n', ' ')}`),
    ].join('\n') + '\n'
  )
}

/** Lines that are put together before others have their turn. */
const LINES_AT_ONCE = 1024

/** How much of what scores are compared with lies below them, 0 to 100. */
type ShareOf = (scores: readonly number[]) => number | null

type Kept = {
  readonly position: number
  readonly name: string
  readonly length: number
  readonly windows: number
  readonly scores: readonly number[]
}

async function* peaksOf(
  { database, scan, breathe }: Exporting,
  record: Kept,
  asked: PeaksAsked,
  shareOf: ShareOf,
): AsyncGenerator<IntervalLine[]> {
  if (record.windows === 0) return
  const calling = { layout: windowsOf(scan), columns: scan.columns, ...asked }
  const peaks = await callPeaks(record, windowScores(database, scan, record, breathe), calling)
  yield peaks.map(({ start, end, summit, scores }, i) => ({
    sequence: record.name,
    start,
    end,
    summit,
    scores: labelled(scan.columns, scores, asked.column),
    name: `peak_${record.position + 1}_${i + 1}`,
    share: shareOf(scores),
    type: 'peak',
  }))
}

async function* stretchesOf(
  { database, scan, breathe }: Exporting,
  record: Kept,
  column: number,
  shareOf: ShareOf,
): AsyncGenerator<IntervalLine[]> {
  if (record.windows === 0) {
    const { name: sequence, length: end, scores } = record
    yield [{ sequence, start: 0, end, scores: labelled(scan.columns, scores, column), name: '', share: shareOf(scores), type: 'sequence' }]
    return
  }
  const layout = windowsOf(scan)
  const width = scan.columns.length
  for await (const { first, scores } of windowScores(database, scan, record, breathe)) {
    let lines: IntervalLine[] = []
    for (let i = 0, window = first; i < scores.length; i += width, window++) {
      // A window of too few bases has no score.
      if (Number.isNaN(scores[i])) continue
      const start = windowStart(window, record.length, layout)
      const own = [...scores.subarray(i, i + width)]
      lines.push({
        sequence: record.name,
        start,
        end: start + layout.length,
        scores: labelled(scan.columns, own, column),
        name: '',
        share: shareOf(own),
        type: 'window',
      })
      if (lines.length === LINES_AT_ONCE) {
        yield lines
        lines = []
        await breathe()
      }
    }
    yield lines
  }
}

/** Scores with their columns, that by which the line is judged first. */
function labelled(columns: Exporting['scan']['columns'], scores: readonly number[], column: number): IntervalLine['scores'] {
  const all = columns.map(({ key }, c) => ({ column: key, score: shortestFloat32(scores[c]!) }))
  return [all[column]!, ...all.filter((_, c) => c !== column)]
}
