import { extname } from 'node:path'
import type { MeasureName } from '../../shared/domain/measures.ts'
import { WrongUse, type CommandContext, type CommandResult, type CommonOptions } from './command.ts'
import { keyOfSet } from './compareVariants.ts'
import { findDataset } from './findDataset.ts'
import { findSplits } from './findSplits.ts'
import { readFilter, readParts, type FilterOptions } from './makeSubset.ts'
import { progressLine } from './terminal.ts'
import { writeResult } from './writeResult.ts'

export const reportFormats = ['html', 'pdf', 'xlsx'] as const
type ReportFormat = (typeof reportFormats)[number]

export interface ReportOptions extends CommonOptions, FilterOptions {
  readonly dataset: string
  readonly runs?: readonly number[]
  readonly ensembles?: readonly number[]
  /** The key of a set, or its label. */
  readonly set?: string
  readonly measure: MeasureName
  readonly question?: string
  readonly format?: ReportFormat
  readonly out?: string
}

/** Writes the report of a comparison: question, answer, data, methods, results, figures, provenance. */
export function makeReport({ terminal, withWorkbench }: CommandContext, options: ReportOptions): Promise<CommandResult> {
  const { workspace, dataset: named, runs, ensembles = [], set, measure, question, format, out } = options
  const filter = readFilter(options)
  const wantedParts = readParts(options)
  const as = format ?? formatOf(out)
  const progress = progressLine(terminal)
  return withWorkbench(workspace, 'read', async ({ calls }) => {
    const { id } = await findDataset(calls, named)
    const [split] = options.useSplit === undefined ? [] : await findSplits(calls, id, [options.useSplit])
    const part = split ? { split: split.id, parts: wantedParts } : null
    const selection = { dataset: id, ...(runs && { runs: [...runs] }), ensembles: [...ensembles], filter: { ...filter, part } }
    const { fileName, bytes } = await calls.reports.make(
      {
        ...selection,
        ...(set !== undefined && { set: keyOfSet(await calls.comparisons.compare(selection), set) }),
        measure,
        ...(question !== undefined && { question }),
        format: as,
      },
      {
        signal: terminal.interrupted,
        onProgress: ({ stage, done, total }) => progress.show(stage, total ? ` ${Math.floor((100 * done) / total)} %` : ''),
      },
    )
    progress.end()
    const file = out ?? fileName
    await writeResult(file, bytes)
    return { json: { dataset: id, format: as, file, bytes: bytes.byteLength }, text: `The report is in ${file}.\n` }
  })
}

function formatOf(out: string | undefined): ReportFormat {
  const ending = out === undefined ? 'html' : extname(out).slice(1).toLowerCase().replace(/^htm$/, 'html')
  const format = reportFormats.find((known) => known === ending)
  if (!format) throw new WrongUse(`Name a file that ends in .${reportFormats.join(', .')} with --out, or say --format.`)
  return format
}
