import { ALL_CELL_TYPES } from '../../shared/domain/measures.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { findDataset } from './findDataset.ts'
import { table } from './table.ts'

export interface CompareOptions extends CommonOptions {
  readonly dataset: string
  readonly runs?: readonly number[]
}

/** The measures of a dataset's runs on the test part, side by side. */
export function compareVariants({ withWorkbench }: CommandContext, { workspace, dataset, runs }: CompareOptions): Promise<CommandResult> {
  return withWorkbench(workspace, 'read', async ({ calls }) => {
    const { id, name } = await findDataset(calls, dataset)
    const comparison = await calls.comparisons.compare({ dataset: id, ...(runs && { runs: [...runs] }) })
    const rows = comparison.rows.map(({ run, variant, cellType, n, mse, rmse, mae, pearson, spearman, r2 }) => ({
      run,
      variant,
      cellType,
      n,
      mse,
      rmse,
      mae,
      pearson,
      spearman,
      r2,
    }))
    const leftOut = comparison.leftOut.map(({ run, reason }) => `Run ${run} is left out. ${reason}\n`).join('')
    const header = ['run', 'variant', 'cell type', 'n', 'MSE', 'RMSE', 'MAE', 'Pearson', 'Spearman', 'R²']
    const text =
      rows.length === 0
        ? `There is no completed run on ${name} to compare.\n`
        : `${name}, ${comparison.testElements} elements of the test part; ${ALL_CELL_TYPES}: all rows together.\n\n${table(
            header,
            rows.map((row) => Object.values(row)),
          )}`
    return {
      json: { rows, dataset: id, cellTypes: comparison.cellTypes, testElements: comparison.testElements, leftOut: comparison.leftOut },
      text: text + leftOut,
    }
  })
}
