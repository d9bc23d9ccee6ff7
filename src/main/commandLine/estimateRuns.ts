import { countOf, formatBytes, formatCount, formatDuration } from '../../shared/text/numbers.ts'
import type { CommandContext, CommandResult } from './command.ts'
import { table } from './table.ts'
import { progressLine } from './terminal.ts'
import { readLaunch, type TrainOptions } from './trainRuns.ts'

/** The core measures only while no run trains, and then goes by what it knows of other runs. */
const NOT_MEASURED = 'a run trains, so nothing can be measured now, and no such run has trained here before'

/** What `train` with the same options would cost in time and disk, by a measured second of training. */
export function estimateRuns({ terminal, withWorkbench }: CommandContext, options: TrainOptions): Promise<CommandResult> {
  const progress = progressLine(terminal)
  return withWorkbench(options.workspace, 'write', async ({ calls }) => {
    const estimate = await calls.experiments.estimate(await readLaunch(calls, options), {
      signal: terminal.interrupted,
      onProgress: ({ stage, done, total }) => progress.show(stage, total ? ` ${done + 1} of ${total}` : ''),
    })
    progress.end()
    const { runs, seconds, variants, bytes, freeBytes, engine, canTrain, rough } = estimate
    const time =
      seconds === null
        ? `It is not known how long: ${canTrain ? NOT_MEASURED : 'no engine can train here'}.`
        : `${rough ? 'Roughly' : 'About'} ${formatDuration(seconds)}${engine === null ? '' : ` on ${engine}`}.`
    const rates = variants.map(({ variant, secondsARun, rowsPerSecond }) => [
      variant,
      formatDuration(secondsARun),
      formatCount(rowsPerSecond),
    ])
    return {
      json: { estimate },
      text: `${countOf(runs, 'run')}. ${time} ${formatBytes(bytes)} on the disk, where ${formatBytes(freeBytes)} are free.\n\n${table(['variant', 'a run', 'rows/s'], rates)}`,
    }
  })
}
