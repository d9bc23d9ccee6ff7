import { demo } from '../../shared/domain/demo.ts'
import { variants } from '../../shared/domain/variants.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { datasetMade } from './datasetMade.ts'
import { followRuns } from './followRuns.ts'
import { progressLine } from './terminal.ts'

export interface DemoOptions extends CommonOptions {
  readonly name: string
  readonly elements: number
  readonly seed: number
  readonly train?: true
}

/** Makes the simulated dataset and, where asked to, trains the four variants on it as the page's demo does. */
export function makeDemo(
  { terminal, withWorkbench }: CommandContext,
  { workspace, name, elements, seed, train }: DemoOptions,
): Promise<CommandResult> {
  const progress = progressLine(terminal)
  return withWorkbench(workspace, train ? 'train' : 'write', async (workbench) => {
    const { calls } = workbench
    const dataset = await calls.datasets.simulate(
      { name, elements, seed },
      {
        signal: terminal.interrupted,
        onProgress: ({ stage, done, total }) => progress.show(stage, total ? ` ${Math.floor((100 * done) / total)} %` : ''),
      },
    )
    progress.end()
    const made = datasetMade(dataset)
    if (!train) return made
    const runs = await calls.experiments.launch({
      dataset: dataset.id,
      split: demo.split,
      variants: [...variants],
      recipe: demo.recipe,
      seeds: [...demo.seeds],
    })
    const trained = await followRuns(workbench, runs, terminal)
    return { ...trained, json: { ...made.json, ...trained.json }, text: `${made.text}\n${trained.text}` }
  })
}
