import type { StageProgress } from '../../../shared/contract/calls/inputs.ts'
import type { PeakRule, scanExportFormats } from '../../../shared/domain/locus.ts'
import type { ScoreQuery } from '../../../shared/domain/scan.ts'
import type { Breathe } from '../../datasets/breathe.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import type { StoredScan } from '../../db/scans.ts'
import { peakThreshold } from '../reading/peakThreshold.ts'
import type { Exporting } from './exporting.ts'
import { bedGraph, bigWigOf } from './exportTracks.ts'
import { scoresFasta } from './scoresFasta.ts'
import { scoresTsv, scoresWorkbook } from './exportTables.ts'
import { intervalFile } from './exportIntervals.ts'

export type ScanExportFormat = (typeof scanExportFormats)[number]

export interface ExportAsked extends ScoreQuery {
  readonly format: ScanExportFormat
  readonly column?: string | undefined
  readonly rule?: PeakRule | undefined
}

const endings: Readonly<Record<ScanExportFormat, string>> = {
  tsv: 'tsv',
  xlsx: 'xlsx',
  fasta: 'fa',
  bed: 'bed',
  bedgraph: 'bedgraph',
  bigwig: 'bw',
  gff3: 'gff3',
}

/**
 * The scores of a scan as a file: those that a query keeps, where the format has an order of its own in that. Coordinates count from the
 * start of each sequence.
 *
 * @throws WorkbenchError where the format cannot hold what is asked for, or there is no such column
 */
export async function exportScan(
  database: ReadableDatabase,
  scan: StoredScan,
  { format, column, rule, ...query }: ExportAsked,
  breathe: Breathe,
  progress: (value: StageProgress) => void,
): Promise<{ fileName: string; bytes: Uint8Array }> {
  const exporting: Exporting = {
    database,
    scan,
    query,
    breathe,
    progress: (done, total) => progress({ stage: 'Writing the file', done, total }),
  }
  const stem = scan.name.replace(/[^\p{L}\p{N}._-]+/gu, '_')
  const of = (what?: string) => `${stem}${what ? `_${what.replace(/[^\p{L}\p{N}._-]+/gu, '_')}` : ''}.${endings[format]}`
  switch (format) {
    case 'tsv':
      return { fileName: of(), bytes: await scoresTsv(exporting) }
    case 'xlsx':
      return { fileName: of(), bytes: await scoresWorkbook(exporting) }
    case 'fasta':
      return { fileName: of(), bytes: await scoresFasta(exporting) }
    case 'bedgraph':
      return { fileName: of(column ?? scan.columns[0]!.key), bytes: await bedGraph(exporting, column) }
    case 'bigwig':
      return { fileName: of(column ?? scan.columns[0]!.key), bytes: await bigWigOf(exporting, column) }
    case 'bed':
    case 'gff3': {
      const peaks = rule && {
        ...(await peakThreshold(database, scan, rule, breathe)),
        mergeDistance: rule.mergeDistance,
        against: rule.against,
      }
      return { fileName: of(peaks && 'peaks'), bytes: await intervalFile(exporting, format, column, peaks) }
    }
  }
}
