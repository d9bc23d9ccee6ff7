import { basename, resolve } from 'node:path'
import type { Certainty, Comparison } from '../../shared/domain/comparison.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { ALL_CELL_TYPES, type MeasureName } from '../../shared/domain/measures.ts'
import { measureWords } from '../../shared/text/measures.ts'
import { countOf, formatDecimal } from '../../shared/text/numbers.ts'
import { reasonOf } from '../files/reasonOf.ts'
import { writeWhole } from '../files/writeWhole.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { findDataset } from './findDataset.ts'
import { findSplits } from './findSplits.ts'
import { readFilter, readParts, type FilterOptions } from './makeSubset.ts'
import { table } from './table.ts'
import { progressLine } from './terminal.ts'

export interface CompareOptions extends CommonOptions, FilterOptions {
  readonly dataset: string
  readonly runs?: readonly number[]
  readonly ensembles?: readonly number[]
  /** The key of a set, or its label. */
  readonly set?: string
  readonly intervals?: true
  readonly measure: MeasureName
  readonly resamples: number
  readonly seed: number
  /** A file for every element's predictions. */
  readonly predictions?: string
}

/** The measures of a dataset's runs on the test part, side by side; with intervals, differences and verdicts where they are asked for. */
export function compareVariants({ withWorkbench, terminal }: CommandContext, options: CompareOptions): Promise<CommandResult> {
  const { workspace, dataset, runs, ensembles = [], intervals, measure, resamples, seed, predictions } = options
  const filter = readFilter(options)
  const wantedParts = readParts(options)
  return withWorkbench(workspace, 'read', async ({ calls }) => {
    const { id, name } = await findDataset(calls, dataset)
    const [split] = options.useSplit === undefined ? [] : await findSplits(calls, id, [options.useSplit])
    const part = split ? { split: split.id, parts: wantedParts } : null
    const asked = { dataset: id, ...(runs && { runs: [...runs] }), ensembles: [...ensembles], filter: { ...filter, part } }
    const set = options.set === undefined ? undefined : keyOfSet(await calls.comparisons.compare(asked), options.set)
    const selection = { ...asked, ...(set !== undefined && { set }) }
    const comparison = await calls.comparisons.compare(selection)
    const progress = progressLine(terminal)
    const certainty = intervals
      ? await calls.comparisons.certainty(
          { ...selection, measure, resamples, seed },
          {
            signal: terminal.interrupted,
            onProgress: ({ stage, done, total }) => progress.show(stage, ` ${done} of ${total ?? resamples}`),
          },
        )
      : null
    progress.end()
    if (predictions !== undefined) await writeTable(predictions, (await calls.comparisons.predictions(selection)).bytes)
    const { lines, rows: _, ...told } = comparison
    return {
      json: { rows: plainRows(comparison), ...told, lines, ...(certainty && { certainty }) },
      text: inWords(name, comparison, certainty),
    }
  })
}

/** The rows as scripts know them; those of an ensemble, and of folds together, have no run and name their line instead. */
function plainRows({ rows }: Comparison) {
  return rows.map(({ run, variant, cellType, n, mse, rmse, mae, pearson, spearman, r2, line }) => ({
    ...{ run, variant, cellType, n, mse, rmse, mae, pearson, spearman, r2 },
    ...(run === null && { line }),
  }))
}

/** The key of a comparison's set that is named by its key or its label. @throws WorkbenchError `not-found` */
export function keyOfSet({ sets }: Comparison, named: string): string {
  const found = sets.find(({ key }) => key === named) ?? sets.find(({ label }) => label === named)
  if (found) return found.key
  const hint =
    sets.length === 0 ? 'There is nothing to compare.' : `There are: ${sets.map(({ label, key }) => `${label} (${key})`).join('; ')}.`
  throw new WorkbenchError('not-found', `There is no set ${named} to compare on.`, { hint })
}

function inWords(name: string, comparison: Comparison, certainty: Certainty | null): string {
  const { rows, lines, sets, set, testElements, groups, leftOut } = comparison
  const missing = leftOut
    .map(({ run, ensemble, reason }) => `${run === null ? `Ensemble ${ensemble!}` : `Run ${run}`} is left out. ${reason}\n`)
    .join('')
  if (rows.length === 0) return `There is no completed run on ${name} to compare.\n${missing}`
  const labelOf = (key: string) => lines.find((line) => line.key === key)!.label
  const header = ['line', 'run', 'seed', 'cell type', 'n', 'MSE', 'RMSE', 'MAE', 'Pearson', 'Spearman', 'R²']
  const cells = rows.map((row) => [
    ...[labelOf(row.line), row.run === null ? '' : String(row.run), row.seed === null ? '' : String(row.seed), row.cellType, row.n],
    ...[row.mse, row.rmse, row.mae, row.pearson, row.spearman, row.r2],
  ])
  const others = sets.filter(({ key }) => key !== set)
  return [
    `${name}, ${sets.find(({ key }) => key === set)!.label}: ${countOf(testElements, 'test element')} in ${countOf(groups, 'group')}; ${ALL_CELL_TYPES}: all rows together.\n`,
    table(header, cells),
    ...(certainty ? [certaintyInWords(comparison, certainty)] : []),
    ...(others.length > 0 ? [`Other sets (--set): ${others.map(({ label, key }) => `${label} (${key})`).join('; ')}.\n`] : []),
    ...(missing ? [missing] : []),
  ].join('\n')
}

function certaintyInWords({ lines }: Comparison, { measure, resamples, seed, cells, verdicts }: Certainty): string {
  const rows = cells.map(({ line, cellType, mean, sd, low, high, best }) => [
    lines.find(({ key }) => key === line)!.label,
    cellType,
    formatDecimal(mean, 4),
    sd === null ? '' : formatDecimal(sd, 4),
    low === null ? 'cannot be told' : `${formatDecimal(low, 4)} to ${formatDecimal(high, 4)}`,
    best ? 'best' : '',
  ])
  const sentences = verdicts.map(({ sentence }) => `${sentence}\n`).join('')
  return `${table(['line', 'cell type', measureWords[measure].label, 'SD', '95 % interval', ''], rows)}\n${countOf(resamples, 'resample')} of the groups, seed ${seed}.\n${sentences}`
}

async function writeTable(out: string, bytes: Uint8Array): Promise<void> {
  const file = basename(out)
  try {
    await writeWhole(resolve(out), bytes)
  } catch (fault) {
    const hint = 'Name another file with --predictions.'
    throw new WorkbenchError('unavailable', `${file} could not be written: ${reasonOf(fault)}.`, { file, hint })
  }
}
