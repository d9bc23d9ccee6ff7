import { elementFilterSchema, type ElementFilter, type Range } from '../../shared/domain/elementFilter.ts'
import { parts, type Part } from '../../shared/domain/split.ts'
import { WrongUse, type CommandContext, type CommandResult, type CommonOptions } from './command.ts'
import { datasetMade } from './datasetMade.ts'
import { findDataset } from './findDataset.ts'
import { findSplits } from './findSplits.ts'
import { progressLine } from './terminal.ts'

export interface SubsetOptions extends CommonOptions, FilterOptions {
  readonly dataset: string
  readonly name: string
}

/** Which elements of a dataset are meant, as a command line says it. */
export interface FilterOptions {
  readonly search?: string
  readonly cellTypes?: string
  readonly complete?: true
  readonly activity?: readonly string[]
  readonly length?: string
  readonly gc?: string
  readonly barcodes?: number
  readonly label?: string
  readonly useSplit?: string
  readonly parts?: string
}

/** Makes a dataset of the elements that a filter keeps. */
export function makeSubset({ terminal, withWorkbench }: CommandContext, options: SubsetOptions): Promise<CommandResult> {
  const filter = readFilter(options)
  const wantedParts = readParts(options)
  const progress = progressLine(terminal)
  return withWorkbench(options.workspace, 'write', async ({ calls }) => {
    const { id } = await findDataset(calls, options.dataset)
    const [split] = options.useSplit === undefined ? [] : await findSplits(calls, id, [options.useSplit])
    const part = split ? { split: split.id, parts: wantedParts } : null
    const subset = await calls.datasets.subset(
      { id, name: options.name, filter: { ...filter, part } },
      { signal: terminal.interrupted, onProgress: ({ stage }) => progress.show(stage) },
    )
    progress.end()
    return datasetMade(await calls.datasets.get({ id: subset.id }))
  })
}

/** What the options ask for, the split left aside. @throws WrongUse */
export function readFilter(options: FilterOptions): ElementFilter {
  const gc = options.gc === undefined ? null : readRange('--gc', options.gc)
  const label = options.label === undefined ? null : readPair('--label', options.label)
  return elementFilterSchema.parse({
    search: options.search,
    cellTypes: options.cellTypes === undefined ? [] : listOf(options.cellTypes),
    complete: options.complete,
    activity: (options.activity ?? []).map((text) => {
      const { key, value } = readPair('--activity', text)
      return { cellType: key, ...readRange('--activity', value) }
    }),
    length: options.length === undefined ? null : readRange('--length', options.length),
    gc: gc && { from: share(gc.from), to: share(gc.to) },
    barcodes: options.barcodes ?? null,
    label: label && { column: label.key, values: listOf(label.value) },
  })
}

function share(percent: number | null): number | null {
  return percent === null ? null : percent / 100
}

/** `1..3`, `1..` or `..3`, both ends included. */
function readRange(option: string, text: string): Range {
  const ends = text.split('..').map((end) => end.trim())
  const [from, to] = ends.map((end) => (end === '' ? null : Number(end)))
  const isRange = ends.length === 2 && ends.some((end) => end !== '') && !Number.isNaN(from ?? 0) && !Number.isNaN(to ?? 0)
  if (!isRange) throw new WrongUse(`${option} ${text}: a range is written FROM..TO; either end may be left out.`)
  return { from: from ?? null, to: to ?? null }
}

function readPair(option: string, text: string): { readonly key: string; readonly value: string } {
  // A name may hold an equals sign, a range does not.
  const at = option === '--activity' ? text.lastIndexOf('=') : text.indexOf('=')
  if (at < 1 || at === text.length - 1)
    throw new WrongUse(`${option} ${text}: write ${option === '--activity' ? 'CELL=FROM..TO' : 'COLUMN=A,B'}.`)
  return { key: text.slice(0, at).trim(), value: text.slice(at + 1) }
}

/** The parts that are asked for. @throws WrongUse */
export function readParts({ useSplit, parts: named }: FilterOptions): Part[] {
  if ((useSplit === undefined) !== (named === undefined)) throw new WrongUse('--use-split and --parts go together.')
  return listOf(named ?? '').map((name) => {
    if (!(parts as readonly string[]).includes(name)) throw new WrongUse(`--parts ${name}: the parts are ${parts.join(', ')}.`)
    return name as Part
  })
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean)
}
