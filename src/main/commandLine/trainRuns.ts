import type { WorkbenchContract } from '../../shared/contract/workbench.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { RecipeName } from '../../shared/domain/recipe.ts'
import { activeRunStates, type Run } from '../../shared/domain/run.ts'
import type { SplitKind } from '../../shared/domain/split.ts'
import type { Variant } from '../../shared/domain/variants.ts'
import type { Connection } from '../../shared/rpc/client.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { findDataset } from './findDataset.ts'
import { readRecipe } from './readRecipe.ts'
import { table } from './table.ts'
import { progressLine, type Terminal } from './terminal.ts'

export interface TrainOptions extends CommonOptions {
  readonly dataset: string
  readonly variants: readonly Variant[]
  readonly recipe: RecipeName
  readonly split: SplitKind
  readonly splitSeed: number
  readonly seed: readonly number[]
  readonly epochs?: number
  readonly set: readonly string[]
}

/** Trains the variants on a dataset, a run a variant and seed, and waits for them. */
export function trainRuns({ terminal, withWorkbench }: CommandContext, options: TrainOptions): Promise<CommandResult> {
  const recipe = readRecipe(options.recipe, [...options.set, ...(options.epochs === undefined ? [] : [`epochs=${options.epochs}`])])
  return withWorkbench(options.workspace, 'train', async (workbench) => {
    const { id } = await findDataset(workbench.calls, options.dataset)
    const runs = await workbench.calls.experiments.launch({
      dataset: id,
      split: { kind: options.split, seed: options.splitSeed },
      variants: [...options.variants],
      recipe,
      seeds: [...options.seed],
    })
    return told(await follow(workbench, runs, terminal))
  })
}

/** Goes on with a run that stopped short, and waits for it. */
export function resumeRun(
  { terminal, withWorkbench }: CommandContext,
  { workspace, run }: CommonOptions & { readonly run: number },
): Promise<CommandResult> {
  return withWorkbench(workspace, 'train', async (workbench) => {
    const resumed = await workbench.calls.experiments.resume({ id: run })
    return told(await follow(workbench, [resumed], terminal))
  })
}

/**
 * Waits until none of the runs is active any more, or nothing will come of those that wait because the engine has been given
 * up. Ctrl-C asks them all to stop; what they have is kept, and they can be resumed.
 */
async function follow({ calls, on }: Connection<WorkbenchContract>, runs: readonly Run[], terminal: Terminal): Promise<Run[]> {
  const latest = new Map(runs.map((run) => [run.id, run]))
  const losses = new Map<number, string>()
  const progress = progressLine(terminal)
  let engineFailed = false
  const isOver = () => [...latest.values()].every(({ state }) => !activeRunStates.includes(state) || (engineFailed && state === 'queued'))
  const stops: (() => void)[] = []
  try {
    await new Promise<void>((resolve, reject) => {
      stops.push(
        on('runs.changed', (run) => {
          if (!latest.has(run.id)) return
          latest.set(run.id, run)
          if (isOver()) resolve()
        }),
        on('engine.changed', ({ state, message }) => {
          if (state === 'starting') progress.show(message)
          engineFailed = state === 'failed'
          if (isOver()) resolve()
        }),
        on('runs.epoch', ({ run, epoch }) => {
          const { variant, recipe } = latest.get(run) ?? {}
          if (!variant || !recipe) return
          losses.set(run, `loss ${epoch.trainLoss.toFixed(4)}`)
          const validation = epoch.validationPearson === null ? '' : `, validation r ${epoch.validationPearson.toFixed(4)}`
          progress.show(`run ${run} ${variant}: epoch ${epoch.epoch}/${recipe.epochs}, loss ${epoch.trainLoss.toFixed(4)}${validation}`)
        }),
        on('runs.progress', ({ run, epoch, step, steps, rowsPerSecond, secondsLeft }) => {
          const found = latest.get(run)
          if (!found || !terminal.live) return
          const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`
          progress.show(
            `run ${run} ${found.variant}: epoch ${epoch}/${found.recipe.epochs}, step ${step}/${steps}, ${losses.get(run) ?? ''}`,
            ` ${Math.round(rowsPerSecond)} rows/s${left}`,
          )
        }),
      )
      const stop = () => {
        progress.show('Stopping; what is trained is kept.')
        for (const { id, state } of latest.values()) {
          // One that ends in the same moment needs no stopping.
          if (activeRunStates.includes(state)) calls.experiments.stop({ id }).catch(() => {})
        }
      }
      if (terminal.interrupted.aborted) stop()
      terminal.interrupted.addEventListener('abort', stop, { once: true })
      stops.push(() => terminal.interrupted.removeEventListener('abort', stop))
      // What happened between the launch and the first listener was told to nobody.
      Promise.all(runs.map(({ id }) => calls.experiments.run({ id }))).then((now) => {
        for (const { curve: _c, cellTypes: _t, parameters: _p, versions: _v, ...run } of now) {
          if (activeRunStates.includes(latest.get(run.id)!.state)) latest.set(run.id, run)
        }
        if (isOver()) resolve()
      }, reject)
    })
  } finally {
    for (const stop of stops) stop()
    progress.end()
  }
  return [...latest.values()]
}

function told(runs: readonly Run[]): CommandResult {
  const unfinished = runs.filter(({ state }) => state !== 'completed')
  const said = unfinished.map(
    ({ id, variant, state, message }) =>
      `Run ${id} (${variant}) ${state === 'queued' ? 'is still queued' : `was ${state}`.replace('was failed', 'failed')}${message ? `: ${message}` : '.'}`,
  )
  return {
    json: {
      runs: runs.map(({ id, variant, seed, state, engine, epochs, seconds, rowsPerSecond, testPearson, message }) => ({
        id,
        variant,
        state,
        engine,
        epochs,
        seconds,
        seed,
        rowsPerSecond,
        testPearson,
        message,
      })),
    },
    text: table(
      ['run', 'variant', 'seed', 'state', 'epochs', 'seconds', 'test r', 'engine'],
      runs.map((run) => [run.id, run.variant, run.seed, run.state, run.epochs, run.seconds.toFixed(1), run.testPearson, run.engine ?? '']),
    ),
    failure:
      said.length === 0
        ? undefined
        : new WorkbenchError(unfinished.some(({ state }) => state === 'failed') ? 'internal' : 'cancelled', said.join(' '), {
            hint: `Go on with: resume --run ${unfinished[0]!.id}`,
          }),
  }
}
