import { differences } from '../../shared/domain/runDifferences.ts'
import { WrongUse, type CommandContext, type CommandResult, type CommonOptions } from './command.ts'
import { table } from './table.ts'

/** Two runs beside each other: what differs in configuration, data, what trained them, and result. */
export function showDifferences(
  { withWorkbench }: CommandContext,
  { workspace, runs }: CommonOptions & { readonly runs: readonly number[] },
): Promise<CommandResult> {
  const [one, other] = runs
  if (one === undefined || other === undefined || runs.length !== 2) throw new WrongUse('--runs takes two, as --runs 3,4.')
  return withWorkbench(workspace, 'read', async ({ calls }) => {
    const [a, b] = await Promise.all([calls.experiments.run({ id: one }), calls.experiments.run({ id: other })])
    const parts = differences(a, b)
    const rows = parts.flatMap(({ heading, rows }) => rows.map((row) => [heading, row.label, row.a, row.b]))
    const text =
      rows.length === 0
        ? `Nothing differs between run ${one} and run ${other}.\n`
        : table(['', 'what', `run ${one} (${a.state})`, `run ${other} (${b.state})`], rows)
    return { json: { runs: [one, other], states: [a.state, b.state], differences: parts }, text }
  })
}
