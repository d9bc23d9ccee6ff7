import type { SplitKind } from '../../shared/domain/split.ts'
import { WrongUse, type CommandContext, type CommandResult, type CommonOptions } from './command.ts'
import { findDataset } from './findDataset.ts'
import { readSplit } from './readSplit.ts'
import { table } from './table.ts'
import { progressLine } from './terminal.ts'

export interface SplitsOptions extends CommonOptions {
  readonly dataset: string
}

export interface MakeSplitOptions extends SplitsOptions {
  readonly split: SplitKind
  readonly splitSettings: readonly string[]
  readonly splitSeed: number
  readonly name?: string
}

/** The splits of a dataset, with what their audits found. */
export function listSplits({ withWorkbench }: CommandContext, { workspace, dataset }: SplitsOptions): Promise<CommandResult> {
  return withWorkbench(workspace, 'read', async ({ calls }) => {
    const { id, name } = await findDataset(calls, dataset)
    const splits = await calls.splits.list({ dataset: id })
    const rows = splits.map((split) => [
      split.id,
      split.name,
      split.sizes.train,
      split.sizes.validation,
      split.sizes.test,
      split.leakage.exact,
      split.leakage.reverseComplement,
      split.leakage.overlap,
      split.experiments,
    ])
    const header = ['id', 'name', 'train', 'validation', 'test', 'leaks: exact', 'reverse', 'overlap', 'experiments']
    return { json: { splits }, text: rows.length === 0 ? `${name} has no splits yet.\n` : table(header, rows) }
  })
}

/** Makes a split of a dataset, or all folds of one, and audits it. */
export function makeSplitOf({ terminal, withWorkbench }: CommandContext, options: MakeSplitOptions): Promise<CommandResult> {
  const wanted = readSplit(options.split, options.splitSeed, options.splitSettings)
  if (options.name !== undefined && wanted.length > 1) throw new WrongUse('--name goes with one split; name one fold, or none.')
  const progress = progressLine(terminal)
  return withWorkbench(options.workspace, 'write', async ({ calls }) => {
    const { id } = await findDataset(calls, options.dataset)
    const splits = []
    for (const settings of wanted) {
      splits.push(
        await calls.splits.make(
          { dataset: id, settings, ...(options.name !== undefined && { name: options.name }) },
          { signal: terminal.interrupted, onProgress: ({ stage }) => progress.show(stage) },
        ),
      )
    }
    progress.end()
    const lines = splits.map(
      ({ name, sizes, leakage: { exact, reverseComplement, overlap } }) =>
        `${name}: ${sizes.train} for training, ${sizes.validation} for validation, ${sizes.test} for the test. Of validation and test, training has seen ${exact} as they are, ${reverseComplement} as reverse complements, ${overlap} by overlap.\n`,
    )
    return { json: { splits }, text: lines.join('') }
  })
}
