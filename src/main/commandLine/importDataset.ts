import { resolve } from 'node:path'
import type { StageProgress } from '../../shared/contract/calls/inputs.ts'
import type { WorkbenchClient } from '../../shared/contract/workbench.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { FileInspection, ImportDecisions, ImportPlan } from '../../shared/domain/importing.ts'
import type { Source } from '../../shared/domain/source.ts'
import { encodePlan, tablePlan, type Columns } from '../datasets/importing/planOfFiles.ts'
import { WrongUse, type CommandContext, type CommandResult, type CommonOptions } from './command.ts'
import { datasetMade } from './datasetMade.ts'
import { readPlanFile } from './readPlanFile.ts'
import { progressLine } from './terminal.ts'

export interface ImportOptions extends CommonOptions {
  readonly name: string
  readonly fasta?: string
  readonly activity?: readonly string[]
  readonly table?: string
  readonly columns?: readonly string[]
  readonly plan?: string
  readonly minimumBarcodes?: number
}

/** Imports a dataset: a FASTA file with an activity file a cell type, or one table with both. */
export function importDataset({ terminal, withWorkbench }: CommandContext, options: ImportOptions): Promise<CommandResult> {
  checkUse(options)
  const progress = progressLine(terminal)
  const calling = {
    signal: terminal.interrupted,
    onProgress: ({ stage, done, total }: StageProgress) => progress.show(stage, total ? ` ${Math.floor((100 * done) / total)} %` : ''),
  }
  return withWorkbench(options.workspace, 'write', async ({ calls }) => {
    await refuseTakenName(calls, options.name)
    const { plan, decisions } = await whatToImport(calls, options)
    const { prepared } = await calls.datasets.prepare({ plan }, calling)
    const dataset = await calls.datasets.commit({ prepared, name: options.name, decisions }, calling)
    progress.end()
    return datasetMade(dataset)
  })
}

/** Told before half a minute is spent on reading. */
async function refuseTakenName(calls: WorkbenchClient, name: string): Promise<void> {
  if ((await calls.datasets.list({})).some((dataset) => dataset.name === name.trim()))
    throw new WorkbenchError('conflict', `There is a dataset named ${name.trim()} already.`, { hint: 'Choose another name.' })
}

async function whatToImport(
  calls: WorkbenchClient,
  options: ImportOptions,
): Promise<{ plan: ImportPlan; decisions: Partial<ImportDecisions> }> {
  if (options.plan !== undefined) return readPlanFile(resolve(options.plan))
  const { minimumBarcodes = 10 } = options
  const plan = options.table === undefined ? await planEncode(calls, options, minimumBarcodes) : await planTable(calls, options)
  return { plan, decisions: { minimumBarcodes } }
}

function checkUse({ fasta, activity, table, columns, plan }: ImportOptions): void {
  if (plan !== undefined) {
    if (fasta !== undefined || activity || table !== undefined || columns)
      throw new WrongUse('--plan says all: name no other files beside it.')
    return
  }
  const encode = fasta !== undefined || activity !== undefined
  if (encode === (table !== undefined)) throw new WrongUse('Name either --fasta with --activity, or --table. Or a --plan.')
  if (encode && (fasta === undefined || !activity?.length)) throw new WrongUse('--fasta and --activity CELL=FILE go together.')
  if (encode && columns) throw new WrongUse('--columns goes with --table.')
}

async function planEncode(calls: WorkbenchClient, { fasta, activity }: ImportOptions, minimumBarcodes: number): Promise<ImportPlan> {
  const files = activity!.map((pair) => {
    const [cellType, file] = pairOf(pair, '--activity', 'CELL=FILE')
    return { cellType, source: pathSource(file) }
  })
  const inspections = await calls.datasets.inspect({ sources: files.map(({ source }) => source), header: 'first-line' })
  return encodePlan(
    pathSource(fasta!),
    files.map((file, i) => ({ ...file, inspection: inspections[i]! })),
    minimumBarcodes > 0,
  )
}

async function planTable(calls: WorkbenchClient, { table, columns }: ImportOptions): Promise<ImportPlan> {
  const source = pathSource(table!)
  if (columns) return tablePlan(source, readColumns(columns))
  const [inspection] = await calls.datasets.inspect({ sources: [source] })
  return guessedPlan(source, inspection!)
}

/** @throws WrongUse unless a name, a sequence and at least one cell type have a column each */
export function readColumns(named: readonly string[]): Columns {
  const pairs = named.flatMap((list) => list.split(',')).map((pair) => pairOf(pair, '--columns', 'name=COL,sequence=COL,CELL=COL'))
  const twice = pairs.find(([role], i) => pairs.findIndex(([other]) => other === role) < i)
  if (twice) throw new WrongUse(`--columns names ${twice[0]} twice.`)
  const { name, sequence, ...activities } = Object.fromEntries(pairs)
  if (!name || !sequence || Object.keys(activities).length === 0)
    throw new WrongUse('--columns must say name=COL, sequence=COL and a CELL=COL for each cell type.')
  return { name, sequence, activities }
}

function guessedPlan(source: Source, inspection: FileInspection): ImportPlan {
  const { file } = inspection
  if (inspection.kind === 'unusable') throw new WorkbenchError('invalid-input', inspection.message, { file, hint: inspection.hint })
  if (inspection.kind === 'table') {
    const roles = inspection.mapping.columns.map(({ is }) => is.role)
    const isWhole =
      ['name', 'sequence'].every((role) => roles.includes(role as 'name')) && (roles.includes('activity') || roles.includes('rna'))
    if (isWhole) return { sequences: { kind: 'table' }, tables: [{ source, mapping: inspection.mapping }] }
  }
  const passedOver =
    inspection.kind === 'table' ? inspection.guesses.filter(({ is, confidence }) => is.role === 'ignore' && confidence >= 0.8) : []
  const reasons = passedOver.map(({ column, reason }) => `${column || 'a column'} (${reason})`)
  throw new WorkbenchError('invalid-input', `${file}: its columns could not be told from the header.`, {
    file,
    hint: `Say which they are: --columns name=COL,sequence=COL,CELL=COL.${reasons.length > 0 ? ` Passed over: ${reasons.join(', ')}.` : ''}`,
  })
}

function pairOf(text: string, option: string, form: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1 || at === text.length - 1) throw new WrongUse(`${option} takes ${form}; “${text}” is not of that form.`)
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()]
}

function pathSource(path: string): Source {
  return { kind: 'path', path: resolve(path) }
}
