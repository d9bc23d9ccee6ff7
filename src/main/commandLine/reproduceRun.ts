import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { followRuns } from './followRuns.ts'

/** Trains a completed run once more, waits for it, and says whether the weights are the same to the last bit. */
export function reproduceRun(
  { terminal, withWorkbench }: CommandContext,
  { workspace, run }: CommonOptions & { readonly run: number },
): Promise<CommandResult> {
  return withWorkbench(workspace, 'train', async (workbench) => {
    const { calls } = workbench
    const repeated = await calls.experiments.reproduce({ id: run })
    const result = await followRuns(workbench, [repeated], terminal)
    const reproduction = await calls.experiments.reproduction({ id: repeated.id })
    if (!reproduction) return result
    const { equal, largestDifference, differences } = reproduction
    const verdict = equal
      ? `Byte-equal to run ${run}.`
      : [`Not byte-equal to run ${run}: weights differ by up to ${largestDifference.toPrecision(3)}.`, ...differences].join(' ')
    return { ...result, json: { ...result.json, reproduction }, text: `${result.text}${verdict}\n` }
  })
}
