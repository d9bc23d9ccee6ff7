import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { datasetMade } from './datasetMade.ts'
import { progressLine } from './terminal.ts'

export interface DemoOptions extends CommonOptions {
  readonly name: string
  readonly elements: number
  readonly seed: number
}

/** Makes the simulated dataset. */
export function makeDemo(
  { terminal, withWorkbench }: CommandContext,
  { workspace, name, elements, seed }: DemoOptions,
): Promise<CommandResult> {
  const progress = progressLine(terminal)
  return withWorkbench(workspace, 'write', async ({ calls }) => {
    const dataset = await calls.datasets.simulate(
      { name, elements, seed },
      {
        signal: terminal.interrupted,
        onProgress: ({ stage, done, total }) => progress.show(stage, total ? ` ${Math.floor((100 * done) / total)} %` : ''),
      },
    )
    progress.end()
    return datasetMade(dataset)
  })
}
