import { beforeAll, describe, expect, it } from 'vitest'
import type { Backend, CompiledFunction, TensorFunction } from '../../../../src/engine/backends/backend.ts'
import { loaders } from '../../../../src/engine/backends/loaders.ts'
import { OutOfMemory } from '../../../../src/engine/backends/machineFaults.ts'
import { ScorerCache } from '../../../../src/engine/scoring/scorerCache.ts'
import { timeTraining } from '../../../../src/engine/training/timeTraining.ts'
import { tf } from '../../../../src/engine/tfjs.ts'
import { losses, recipes, type Recipe } from '../../../../src/shared/domain/recipe.ts'
import type { Tensor } from '@tensorflow/tfjs-core'

let backend: Backend
beforeAll(async () => {
  backend = await loaders.tensorflow.load()
})
const time = (recipe: Partial<Recipe> = {}, on = backend, signal = new AbortController().signal) => {
  const asked = { variant: 'full' as const, recipe: { ...recipes.seed, ...recipe }, length: 40, cellTypes: 2 }
  return timeTraining(asked, { backend: on, scorers: new ScorerCache(on), signal })
}

describe('timeTraining', () => {
  it.each(losses)('tells what a step and a score take with the loss %s', async (loss) => {
    const timed = await time({ loss })
    expect(timed).toMatchObject({ engine: 'tensorflow on CPU', batchSize: 64 })
    for (const seconds of [timed.secondsAStep, timed.secondsASequenceScored]) {
      expect(seconds).toBeGreaterThan(0)
      expect(seconds).toBeLessThan(1)
    }
    expect(timed.secondsToStart).toBeGreaterThanOrEqual(0)
  })

  it('leaves no tensor behind but the scorers’', async () => {
    await time()
    const before = tf.memory().numTensors
    await time()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('halves batches that the device cannot take, as a run does', async () => {
    const compile = (fn: TensorFunction, examples: readonly Tensor[]): CompiledFunction => {
      const compiled = backend.compile(fn, examples)
      // The codes of a training step are its seventh input: [batch, bases].
      const tooLarge = examples.length > 6 && examples[6]!.shape[0] > 16
      return tooLarge
        ? {
            ...compiled,
            run: () => {
              throw new OutOfMemory('too large')
            },
            dispose: () => compiled.dispose(),
          }
        : compiled
    }
    expect((await time({ batchSize: 64 }, { ...backend, compile })).batchSize).toBe(16)
    expect((await time({ batchSize: 64 }, { ...backend, largestBatch: 40 })).batchSize).toBe(32)
  })

  it('ends when it is cancelled', async () => {
    const stop = new AbortController()
    stop.abort()
    await expect(time({}, backend, stop.signal)).rejects.toMatchObject({ code: 'cancelled' })
  })
})
