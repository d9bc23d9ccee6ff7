import type { PeakRule, scanExportFormats } from '../../../shared/domain/locus.ts'
import type { ScoreQuery } from '../../../shared/domain/scan.ts'
import { WORKBOOK_TYPE } from '../../text/fileTypes.ts'

export type ScanExportFormat = (typeof scanExportFormats)[number]
export interface FormatWords {
  readonly title: string
  readonly about: string
  /** Whether it holds one column of scores, or is ordered by one. */
  readonly column: boolean
  /** Whether it can hold peaks. */
  readonly peaks: boolean
  readonly type: string
}

export const exportFormats: Readonly<Record<ScanExportFormat, FormatWords>> = {
  tsv: { title: 'TSV', about: 'All columns, every digit', column: false, peaks: false, type: 'text/tab-separated-values;charset=utf-8' },
  xlsx: { title: 'XLSX', about: 'The same as a workbook', column: false, peaks: false, type: WORKBOOK_TYPE },
  fasta: { title: 'FASTA', about: 'The sequences, scores in the header', column: false, peaks: false, type: 'text/plain;charset=utf-8' },
  bed: { title: 'BED', about: 'Peaks, or windows and sequences', column: true, peaks: true, type: 'text/plain;charset=utf-8' },
  gff3: { title: 'GFF3', about: 'Peaks, or windows and sequences', column: true, peaks: true, type: 'text/plain;charset=utf-8' },
  bedgraph: { title: 'bedGraph', about: 'One column along each sequence', column: true, peaks: false, type: 'text/plain;charset=utf-8' },
  bigwig: { title: 'bigWig', about: 'The same, for genome browsers', column: true, peaks: false, type: 'application/octet-stream' },
}

/** Whether a query keeps everything, in the file's order. */
export function asksForAll({ search, ranges, unflagged, sort }: ScoreQuery): boolean {
  return search === '' && !unflagged && sort === null && ranges.every(({ from, to }) => from === null && to === null)
}

export interface ExportChoice {
  readonly format: ScanExportFormat
  readonly column: string
  /** Null for what is not peaks. */
  readonly rule: PeakRule | null
  /** Null for all. */
  readonly query: ScoreQuery | null
}

/** What the core is asked for: no column or rule where the format has no use for one. */
export function exportInput({ format, column, rule, query }: ExportChoice) {
  const words = exportFormats[format]
  return {
    format,
    ...query,
    ...(words.column && !rule && { column }),
    ...(words.peaks && rule && { rule }),
  }
}
