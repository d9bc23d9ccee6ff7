import { readFileSync } from 'node:fs'
import { recipes } from '../src/shared/domain/recipe.ts'
import { variants } from '../src/shared/domain/variants.ts'
import { openBenchWorkbench } from './benchWorkbench.ts'
import { finished } from './finished.ts'
import { measurePeer } from './peer.ts'

export interface WholeJob {
  readonly elements: number
  readonly epochs: number
  /** From the launch of four variants to the comparison of their runs. */
  readonly seconds: number
  /** From the launch to the first epoch's point on the curve. */
  readonly secondsToFirstEpoch: number
  /** Resident memory of the engine's process, MiB, after the second and the last epoch of each variant; null where the system does not tell. */
  readonly memory: readonly { readonly variant: string; readonly second: number | null; readonly last: number | null }[]
  /**
   * What PyTorch takes for the same steps, each row through the whole network: its measured rate of training, and of predicting
   * the validation part after each epoch, times the rows. Reading files, shuffling and comparing are not in it. Null without PyTorch.
   */
  readonly peerSeconds: number | null
}

/** A whole library of three cell types: four variants, recipe `seed`. */
export async function wholeJob(python: string | null, elements: number): Promise<WholeJob> {
  const workbench = await openBenchWorkbench()
  const { calls, on } = workbench
  try {
    const recipe = recipes.seed
    const { id: dataset } = await calls.datasets.simulate({ name: 'library', elements, seed: 1 })
    const began = performance.now()
    let firstEpoch = Number.NaN
    const memoryAt = new Map<string, number | null>()
    const stop = on('runs.epoch', ({ run, epoch }) => {
      if (Number.isNaN(firstEpoch)) firstEpoch = (performance.now() - began) / 1000
      memoryAt.set(`${run} ${epoch.epoch}`, memoryOfEngine())
    })
    const split = { kind: 'group', seed: 1 } as const
    const runs = await calls.experiments.launch({ dataset, split, variants: [...variants], recipe, seeds: [1] })
    for (const { id } of runs) await finished(workbench, id)
    await calls.comparisons.compare({ dataset, runs: runs.map(({ id }) => id) })
    const seconds = (performance.now() - began) / 1000
    stop()
    return {
      elements,
      epochs: recipe.epochs,
      seconds,
      secondsToFirstEpoch: firstEpoch,
      memory: runs.map(({ id, variant }) => ({
        variant,
        second: memoryAt.get(`${id} 2`) ?? null,
        last: memoryAt.get(`${id} ${recipe.epochs}`) ?? null,
      })),
      peerSeconds: python === null ? null : await peerSeconds(python, elements, recipe.epochs, recipe.batchSize),
    }
  } finally {
    await workbench.close()
  }
}

const CELL_TYPES = 3
const TRAINING_SHARE = 0.8
const VALIDATION_SHARE = 0.1

async function peerSeconds(python: string, elements: number, epochs: number, batch: number): Promise<number> {
  let total = 0
  for (const variant of variants) {
    const { train, predict } = await measurePeer(python, variant, batch, 'rows', 6)
    const rows = elements * CELL_TYPES * epochs
    total += (rows * TRAINING_SHARE) / train.rowsPerSecond + (rows * VALIDATION_SHARE) / predict.rowsPerSecond
  }
  return total
}

/** Of the one child process that this one has. */
function memoryOfEngine(): number | null {
  try {
    const [child] = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ')
    const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child}/status`, 'utf8'))?.[1]
    return resident === undefined ? null : Number(resident) / 1024
  } catch {
    return null
  }
}
