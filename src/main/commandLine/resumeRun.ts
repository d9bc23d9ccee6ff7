import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { followRuns } from './followRuns.ts'

/** Goes on with a run that stopped short, and waits for it. */
export function resumeRun(
  { terminal, withWorkbench }: CommandContext,
  { workspace, run }: CommonOptions & { readonly run: number },
): Promise<CommandResult> {
  return withWorkbench(workspace, 'train', async (workbench) => {
    const resumed = await workbench.calls.experiments.resume({ id: run })
    return followRuns(workbench, [resumed], terminal)
  })
}
