import { resolve } from 'node:path'
import type { WorkbenchClient } from '../../shared/contract/workbench.ts'
import type { Columns, ImportFiles } from '../../shared/domain/dataset.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Source } from '../../shared/domain/source.ts'
import { WrongUse, type CommandContext, type CommandResult, type CommonOptions } from './command.ts'
import { datasetMade } from './datasetMade.ts'
import { progressLine } from './terminal.ts'

export interface ImportOptions extends CommonOptions {
  readonly name: string
  readonly fasta?: string
  readonly activity?: readonly string[]
  readonly table?: string
  readonly columns?: readonly string[]
  readonly minimumBarcodes?: number
}

/** Imports a dataset: a FASTA file with an activity file a cell type, or one table with both. */
export function importDataset({ terminal, withWorkbench }: CommandContext, options: ImportOptions): Promise<CommandResult> {
  checkUse(options)
  const progress = progressLine(terminal)
  return withWorkbench(options.workspace, 'write', async ({ calls }) => {
    const files = options.table === undefined ? encodeFiles(options) : await tableFile(calls, pathSource(options.table), options.columns)
    const dataset = await calls.datasets.import(
      { name: options.name, files, ...(options.minimumBarcodes !== undefined && { minimumBarcodes: options.minimumBarcodes }) },
      {
        signal: terminal.interrupted,
        onProgress: ({ stage, done, total }) => progress.show(stage, total ? ` ${Math.floor((100 * done) / total)} %` : ''),
      },
    )
    progress.end()
    return datasetMade(dataset)
  })
}

function checkUse({ fasta, activity, table, columns }: ImportOptions): void {
  const encode = fasta !== undefined || activity !== undefined
  if (encode === (table !== undefined)) throw new WrongUse('Name either --fasta with --activity, or --table.')
  if (encode && (fasta === undefined || !activity?.length)) throw new WrongUse('--fasta and --activity CELL=FILE go together.')
  if (encode && columns) throw new WrongUse('--columns goes with --table.')
}

function encodeFiles({ fasta, activity }: ImportOptions): ImportFiles {
  return {
    kind: 'encode',
    fasta: pathSource(fasta!),
    activities: activity!.map((pair) => {
      const [cellType, file] = pairOf(pair, '--activity', 'CELL=FILE')
      return { cellType, source: pathSource(file) }
    }),
  }
}

async function tableFile(calls: WorkbenchClient, source: Source, named: readonly string[] | undefined): Promise<ImportFiles> {
  return { kind: 'table', source, columns: named ? readColumns(named) : await guessColumns(calls, source) }
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

async function guessColumns(calls: WorkbenchClient, source: Source): Promise<Columns> {
  const [inspection] = await calls.datasets.inspect({ sources: [source] })
  if (inspection?.kind === 'unusable')
    throw new WorkbenchError('invalid-input', inspection.message, { file: inspection.file, hint: inspection.hint })
  if (inspection?.kind === 'table' && inspection.columns) return inspection.columns
  throw new WorkbenchError('invalid-input', `${inspection?.file ?? 'The file'}: its columns could not be told from the header.`, {
    file: inspection?.file,
    hint: 'Say which they are: --columns name=COL,sequence=COL,CELL=COL.',
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
