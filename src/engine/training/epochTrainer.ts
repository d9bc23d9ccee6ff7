import type { Checkpoint, TrainingJob, TrainingProgress } from '../../shared/contract/engine.ts'
import type { Backend } from '../backends/backend.ts'
import { OutOfMemory } from '../backends/machineFaults.ts'
import { batchesPerEpoch, epochBatches } from './epochBatches.ts'
import { learningRateAt } from './learningRate.ts'
import type { PackedState } from './packedState.ts'
import { Rate } from './rate.ts'
import { Trainer } from './trainer.ts'
import type { TrainingData } from './trainingData.ts'

const SMALLEST_BATCH = 2

export interface EpochTrainerOptions {
  readonly backend: Backend
  readonly job: TrainingJob
  readonly data: TrainingData
  /** Lets others have their turn; throws `cancelled` when asked to stop. */
  readonly turn: () => Promise<void>
  readonly progress: (value: TrainingProgress) => void
  /** What is thrown where a loss is no number any more. */
  readonly diverged: (epoch: number) => Error
}

/** An epoch that has been trained. */
export interface TrainedEpoch {
  readonly state: PackedState
  /** Mean loss of the rows. */
  readonly trainLoss: number
  /** Rate of the last step. */
  readonly learningRate: number
  readonly rowsPerSecond: number
}

/**
 * Trains epoch after epoch. Where the device's memory is too small for a batch, the batch is halved and the epoch is begun
 * anew from the state before it; batches that the engine is too slow for are halved before the first. That is told, since from there on the run is another than its recipe says: batches half as
 * large make twice as many steps, each with batch statistics over half as many sequences. The learning rate keeps its place in
 * the schedule. Throws {@link OutOfMemory} where not even the smallest batch fits.
 */
export class EpochTrainer {
  readonly #options: EpochTrainerOptions
  #batchSize: number
  #halved: Checkpoint['halved']
  #trainer: Trainer
  #rate: Rate

  constructor(options: EpochTrainerOptions, state: PackedState, epochsDone: number) {
    this.#options = options
    this.#halved = options.job.resume?.halved
    this.#batchSize = this.#halved?.batchSize ?? options.job.recipe.batchSize
    const { largestBatch = this.#batchSize } = options.backend
    while (this.#batchSize > largestBatch) {
      this.#batchSize = Math.floor(this.#batchSize / 2)
      this.#halved = { batchSize: this.#batchSize, fromEpoch: epochsDone + 1, slow: true }
    }
    this.#trainer = new Trainer(options.backend, options.job, state)
    this.#rate = this.#rateFrom(epochsDone)
  }

  /** How the batches have been halved, if they have, from the start on or since: a run that is resumed goes on with such batches. */
  get halved(): Checkpoint['halved'] {
    return this.#halved
  }

  /** @param before the state at the end of the epoch before, in case it has to be gone back to */
  async train(epoch: number, before: PackedState): Promise<TrainedEpoch> {
    for (;;) {
      try {
        return await this.#trainOnce(epoch)
      } catch (fault) {
        const half = Math.floor(this.#batchSize / 2)
        if (!(fault instanceof OutOfMemory) || half < SMALLEST_BATCH) throw fault
        this.#halved = { batchSize: half, fromEpoch: epoch }
        this.#options.progress({ kind: 'note', message: halvedMessage(this.#batchSize, this.#halved) })
        this.#batchSize = half
        this.#trainer.dispose()
        this.#trainer = new Trainer(this.#options.backend, this.#options.job, before)
        this.#rate = this.#rateFrom(epoch - 1)
      }
    }
  }

  dispose(): void {
    this.#trainer.dispose()
  }

  async #trainOnce(epoch: number): Promise<TrainedEpoch> {
    const { job, data, turn, progress, diverged } = this.#options
    const { recipe, seed } = job
    const steps = batchesPerEpoch(data, this.#batchSize)
    const began = performance.now()
    let [losses, rows, learningRate, step] = [0, 0, 0, 0]
    for (const batch of epochBatches(data, epoch, { ...recipe, seed, batchSize: this.#batchSize })) {
      await turn()
      learningRate = learningRateAt((epoch - 1) * steps + step, steps * recipe.epochs, recipe)
      const loss = await this.#trainer.step(batch, learningRate)
      if (!Number.isFinite(loss)) throw diverged(epoch)
      step++
      losses += loss * batch.rows
      rows += batch.rows
      if (this.#rate.count(batch.rows)) progress({ kind: 'step', epoch, step, steps, ...this.#rate.now() })
    }
    const rowsPerSecond = (rows / (performance.now() - began)) * 1000
    return { state: await this.#trainer.read(), trainLoss: losses / rows, learningRate, rowsPerSecond }
  }

  #rateFrom(epochsDone: number): Rate {
    const { data, job } = this.#options
    return new Rate(batchesPerEpoch(data, this.#batchSize) * (job.recipe.epochs - epochsDone))
  }
}

/** From which epoch on the batches have fewer sequences than the `whole`, and why. */
export function halvedMessage(whole: number, { batchSize, fromEpoch, slow }: NonNullable<Checkpoint['halved']>): string {
  return (
    `The ${slow ? 'engine is too slow' : 'memory of the device is too small'} for batches of ${whole} sequences, so from epoch ${fromEpoch} on they have ${batchSize}. ` +
    `The results are as good as any with batches of that size, but not the same to the last digit as with ${whole}.`
  )
}
