import { resolve } from 'node:path'
import { peakRuleSchema, type PeakRule, type scanExportFormats } from '../../shared/domain/locus.ts'
import { scanSchema, type ScoreColumn } from '../../shared/domain/scan.ts'
import type { WorkbenchClient } from '../../shared/contract/workbench.ts'
import { countOf, formatDecimal } from '../../shared/text/numbers.ts'
import { WrongUse, type CommandContext, type CommandResult, type CommonOptions } from './command.ts'
import { table } from './table.ts'
import { progressLine } from './terminal.ts'
import { writeResult } from './writeResult.ts'

export interface PeakOptions extends CommonOptions {
  readonly scan: number
  /** Of a scan with one column it need not be given. */
  readonly column?: string
  readonly percentile: number
  readonly against: PeakRule['against']
  readonly merge: number
}

export interface ExportScanOptions extends PeakOptions {
  readonly format: (typeof scanExportFormats)[number]
  readonly out?: string
  readonly peaks?: true
  readonly search?: string
  readonly unflagged?: true
  readonly sort?: string
  readonly ascending?: true
}

/** The active stretches of the long sequences of a scan, highest first. */
export function listPeaks({ terminal, withWorkbench }: CommandContext, options: PeakOptions): Promise<CommandResult> {
  return withWorkbench(options.workspace, 'read', async ({ calls }) => {
    const rule = await ruleOf(calls, options)
    const found = await calls.scans.peaks({ id: options.scan, rule }, { signal: terminal.interrupted })
    const rows = found.peaks.map(({ sequence, start, end, summit, scores, specificity, windows }) => [
      sequence,
      start,
      end,
      summit,
      ...scores.map((score) => formatDecimal(score)),
      specificity,
      windows,
    ])
    const { columns } = await scanOf(calls, options.scan)
    const header = ['sequence', 'start', 'end', 'summit', ...columns.map(({ key }) => key), 'specificity', 'windows']
    return {
      json: { ...found, columns: columns.map(({ key }) => key) },
      text: `${found.rule}\n${rows.length === 0 ? 'There are none.\n' : table(header, rows)}`,
    }
  })
}

/** Writes the scores of a scan, or its peaks, to a file. */
export function exportScan({ terminal, withWorkbench }: CommandContext, options: ExportScanOptions): Promise<CommandResult> {
  const { workspace, scan: id, format, out, peaks, search, unflagged, sort, ascending, column } = options
  if (peaks && format !== 'bed' && format !== 'gff3') throw new WrongUse('--peaks are written as BED or GFF3: --format bed or gff3.')
  const progress = progressLine(terminal)
  return withWorkbench(workspace, 'read', async ({ calls }) => {
    const { fileName, bytes } = await calls.scans.export(
      {
        id,
        format,
        ...(search !== undefined && { search }),
        ...(unflagged && { unflagged }),
        ...(sort !== undefined && { sort: { ...sortColumn(sort), descending: !ascending } }),
        ...(column !== undefined && { column }),
        ...(peaks && { rule: await ruleOf(calls, options) }),
      },
      {
        signal: terminal.interrupted,
        onProgress: ({ stage, done, total }) => progress.show(stage, total ? ` ${Math.floor((100 * done) / total)} %` : ''),
      },
    )
    progress.end()
    const file = out ?? fileName
    await writeResult(file, bytes)
    return { json: { scan: id, format, file: resolve(file), bytes: bytes.byteLength }, text: `${file}\n` }
  })
}

const plainColumns = ['name', 'line', 'length', 'gc', 'distance'] as const

/** `length`, `HepG2` (its score), or `specificity:HepG2` and `spread:HepG2`. */
function sortColumn(text: string): ScoreColumn {
  const plain = plainColumns.find((by) => by === text)
  if (plain) return { by: plain }
  const kind = /^(score|specificity|spread):(.+)$/.exec(text)
  return kind ? { by: kind[1] as 'score' | 'specificity' | 'spread', column: kind[2]! } : { by: 'score', column: text }
}

async function scanOf(calls: WorkbenchClient, id: number) {
  return scanSchema.parse(await calls.scans.get({ id }))
}

async function ruleOf(calls: WorkbenchClient, { scan, column, percentile, against, merge }: PeakOptions): Promise<PeakRule> {
  const { columns } = await scanOf(calls, scan)
  if (column === undefined && columns.length > 1) {
    throw new WrongUse(`Say in which cell type: --column ${columns.map(({ key }) => key).join(' or --column ')}.`)
  }
  return peakRuleSchema.parse({ column: column ?? columns[0]!.key, percentile, against, mergeDistance: merge })
}

export interface AnnotateScanOptions extends CommonOptions {
  readonly scan: number
  readonly file: string
}

/** Keeps the features of a GFF3 or BED file beside a scan's sequences. */
export function annotateScan(
  { terminal, withWorkbench }: CommandContext,
  { workspace, scan, file }: AnnotateScanOptions,
): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) => {
    const kept = await calls.scans.annotate({ id: scan, source: { kind: 'path', path: resolve(file) } }, { signal: terminal.interrupted })
    const stray = kept.unmatched > 0 ? ` ${countOf(kept.unmatched, 'feature is', 'features are')} on no sequence of the scan.` : ''
    return {
      json: { scan, ...kept },
      text: `${countOf(kept.features, 'feature')} on ${countOf(kept.sequences, 'sequence')}.${stray}\n`,
    }
  })
}
