import type { Tensor } from '@tensorflow/tfjs-core'
import type { Recipe } from '../../shared/domain/recipe.ts'
import type { Variant } from '../../shared/domain/variants.ts'
import type { Backend, CompiledFunction } from '../backends/backend.ts'
import { tf } from '../tfjs.ts'
import { paddedLength } from '../variants/padCodes.ts'
import type { Batch } from './epochBatches.ts'
import { stepRates } from './optimizers/optimizers.ts'
import type { PackedState } from './packedState.ts'
import { trainingStep } from './trainingStep.ts'

export interface TrainerOptions {
  readonly variant: Variant
  readonly recipe: Recipe
  readonly seed: number
  readonly length: number
  readonly cellTypes: number
}

/** The state of a training on an engine, and the steps that move it on. */
export class Trainer {
  readonly #backend: Backend
  readonly #options: TrainerOptions
  /** A compiled step for each batch size: the usual one, and the last of an epoch. */
  readonly #steps = new Map<number, CompiledFunction>()
  #state: [weights: Tensor, moment1: Tensor, moment2: Tensor, statistics: Tensor]
  #taken: number

  constructor(backend: Backend, options: TrainerOptions, { weights, moment1, moment2, statistics, step }: PackedState) {
    this.#backend = backend
    this.#options = options
    this.#state = [tf.tensor1d(weights), tf.tensor1d(moment1), tf.tensor1d(moment2), tf.tensor1d(statistics)]
    this.#taken = step
  }

  /** Steps taken, over all starts. */
  get stepsTaken(): number {
    return this.#taken
  }

  /** Takes a step; returns the loss of the batch before it. */
  async step(batch: Batch, learningRate: number): Promise<number> {
    const { cellTypes, length, recipe, seed } = this.#options
    const step = this.#taken + 1
    const inputs = [
      tf.tensor1d(stepRates(step, learningRate, recipe)),
      tf.tensor1d([seed % 2 ** 31, step], 'int32'),
      tf.tensor2d(batch.codes, [batch.size, paddedLength(length)], 'int32'),
      tf.tensor2d(batch.activities, [batch.size, cellTypes]),
      tf.tensor2d(batch.measured, [batch.size, cellTypes]),
    ]
    let results: Tensor[]
    try {
      results = this.#compiledFor(batch.size, inputs).run(...this.#state, ...inputs)
    } finally {
      tf.dispose(inputs)
    }
    const [weights, moment1, moment2, statistics, loss] = results as [Tensor, Tensor, Tensor, Tensor, Tensor]
    tf.dispose(this.#state)
    this.#state = [weights, moment1, moment2, statistics]
    this.#taken = step
    try {
      return (await this.#backend.read(loss))[0]!
    } finally {
      loss.dispose()
    }
  }

  async read(): Promise<PackedState> {
    const step = this.#taken
    const [weights, moment1, moment2, statistics] = (await Promise.all(this.#state.map((tensor) => this.#backend.read(tensor)))) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ]
    return { weights, moment1, moment2, statistics, step }
  }

  dispose(): void {
    tf.dispose(this.#state)
    for (const step of this.#steps.values()) step.dispose()
    this.#steps.clear()
  }

  #compiledFor(batchSize: number, inputs: readonly Tensor[]): CompiledFunction {
    const known = this.#steps.get(batchSize)
    if (known) return known
    const compiled = this.#backend.compile(trainingStep(this.#backend.ops, this.#options), [...this.#state, ...inputs])
    this.#steps.set(batchSize, compiled)
    return compiled
  }
}
