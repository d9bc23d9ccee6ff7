import type { WorkbenchContract } from '../../shared/contract/workbench.ts'
import { WorkbenchError, type ErrorCode } from '../../shared/domain/errors.ts'
import { activeRunStates, type Run } from '../../shared/domain/run.ts'
import type { Connection } from '../../shared/rpc/client.ts'
import type { CommandResult } from './command.ts'
import { table } from './table.ts'
import { progressLine, type Terminal } from './terminal.ts'

/**
 * Waits until none of the runs is active any more, or nothing will come of those that wait, because the engine has been given
 * up or the database cannot be written to; then says how each stands. Ctrl-C asks them all to stop; what they have is kept,
 * and they can be resumed.
 */
export async function followRuns(
  workbench: Connection<WorkbenchContract>,
  runs: readonly Run[],
  terminal: Terminal,
): Promise<CommandResult> {
  return told(await follow(workbench, runs, terminal))
}

async function follow({ calls, on }: Connection<WorkbenchContract>, runs: readonly Run[], terminal: Terminal): Promise<Run[]> {
  const latest = new Map(runs.map((run) => [run.id, run]))
  const losses = new Map<number, string>()
  const progress = progressLine(terminal)
  let engineFailed = false
  // A run that waits has a message only where it waits for nothing.
  const isSettled = ({ state, message }: Run) =>
    !activeRunStates.includes(state) || (state === 'queued' && (engineFailed || message !== null))
  const isOver = () => [...latest.values()].every(isSettled)
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
        for (const run of now) {
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
        : new WorkbenchError(codeOf(unfinished), said.join(' '), {
            hint: `Go on with: ${unfinished.every(({ state }) => state === 'queued') ? 'continue' : `resume --run ${unfinished[0]!.id}`}`,
          }),
  }
}

function codeOf(unfinished: readonly Run[]): ErrorCode {
  if (unfinished.some(({ state }) => state === 'failed')) return 'internal'
  return unfinished.every(({ state }) => state === 'cancelled') ? 'cancelled' : 'unavailable'
}
