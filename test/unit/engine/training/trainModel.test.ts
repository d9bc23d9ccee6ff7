import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Backend } from '../../../../src/engine/backends/backend.ts'
import { loaders } from '../../../../src/engine/backends/loaders.ts'
import { ScorerCache } from '../../../../src/engine/scoring/scorerCache.ts'
import { scoreModel } from '../../../../src/engine/scoring/scoreModel.ts'
import { tf } from '../../../../src/engine/tfjs.ts'
import { trainModel } from '../../../../src/engine/training/trainModel.ts'
import type { Checkpoint, Model, TrainingJob, TrainingProgress } from '../../../../src/shared/contract/engine.ts'
import { variants } from '../../../../src/shared/domain/variants.ts'
import { simulatedJob } from './simulatedJob.ts'

let backend: Backend
let scorers: ScorerCache
beforeAll(async () => {
  backend = await loaders.tensorflow.load()
  scorers = new ScorerCache(backend)
})
afterEach(() => {
  expect(tf.memory().numTensors).toBe(0)
})

async function train(job: TrainingJob, onProgress: (value: TrainingProgress) => void = () => {}, signal = new AbortController().signal) {
  const told: TrainingProgress[] = []
  const progress = (value: TrainingProgress) => {
    told.push(value)
    onProgress(value)
  }
  const result = await trainModel(job, { backend, scorers, signal, progress })
  const epochs = told.filter((value) => value.kind === 'epoch')
  return { result, told, epochs, last: epochs.at(-1)! }
}

/** Everything that a training leaves, as bytes. */
function bytesOf(tensors: Model['tensors']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { values }]) => [
      name,
      Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex'),
    ]),
  )
}

describe('training', () => {
  it.each(variants)('%s learns 64 rows by heart', async (variant) => {
    const elements = 64
    const all = Int32Array.from({ length: elements }, (_, i) => i)
    const none = new Int32Array()
    const job = simulatedJob({
      variant,
      elements,
      length: 40,
      cellTypes: 1,
      train: all,
      validation: none,
      test: none,
      recipe: { epochs: 300, batchSize: 64, learningRate: 1e-2, weightDecay: 0, dropout: 0 },
    })
    const { last } = await train(job)
    expect(last.epoch.trainLoss).toBeLessThan(0.01)
  })

  it('gives the same bytes for the same seed, and others for another', async () => {
    const job = simulatedJob({ recipe: { reverseComplement: true } })
    const first = await train(job)
    const second = await train(job)
    const other = await train({ ...job, seed: 2 })
    expect(bytesOf(second.result.model.tensors)).toEqual(bytesOf(first.result.model.tensors))
    expect(second.result.predictions).toEqual(first.result.predictions)
    expect(bytesOf(other.result.model.tensors)).not.toEqual(bytesOf(first.result.model.tensors))
  })

  it.each(['seed', 'default'] as const)('resumed after any epoch gives the bytes of one that never stopped (%s)', async (name) => {
    const recipe =
      name === 'seed'
        ? {}
        : ({
            optimizer: 'adamw',
            schedule: 'oneCycle',
            reverseComplement: true,
            strands: 'both',
            weights: 'best',
            learningRate: 0.02,
          } as const)
    const job = simulatedJob({ recipe: { ...recipe, epochs: 4 } })
    const whole = await train(job)
    for (const { checkpoint } of whole.epochs) {
      const resumed = await train({ ...job, resume: structuredClone(checkpoint) })
      expect(bytesOf(resumed.result.model.tensors)).toEqual(bytesOf(whole.result.model.tensors))
      expect(resumed.result.predictions).toEqual(whole.result.predictions)
      expect(resumed.result.epochOfWeights).toBe(whole.result.epochOfWeights)
      expect(resumed.epochs.map(({ epoch }) => epoch.epoch)).toEqual(
        whole.epochs.map(({ epoch }) => epoch.epoch).filter((epoch) => epoch > checkpoint.epoch),
      )
      if (resumed.epochs.length) expect(bytesOf(resumed.last.checkpoint.tensors)).toEqual(bytesOf(whole.last.checkpoint.tensors))
    }
  })

  it('tells its epochs, steps and parameters', async () => {
    const { told, epochs, result } = await train(simulatedJob())
    expect(told[0]).toMatchObject({ kind: 'started', engine: 'tensorflow on CPU', parameters: 2093 })
    expect(epochs.map(({ epoch }) => epoch.epoch)).toEqual([1, 2, 3])
    expect(epochs.map(({ checkpoint }) => [checkpoint.epoch, checkpoint.step])).toEqual([
      [1, 4],
      [2, 8],
      [3, 12],
    ])
    expect(result.epochs).toBe(3)
    expect(result.epochOfWeights).toBe(3)
    expect(result.predictions.validation.length).toBe(6 * 2)
    expect(result.predictions.test.length).toBe(6 * 2)
  })

  it('predicts as scoring with its model does, and tells the error of those predictions', async () => {
    const job = simulatedJob()
    const { result, last } = await train(job)
    const bases = Uint8Array.from(
      [...job.validation].flatMap((element) => [...job.bases.subarray(element * job.length, (element + 1) * job.length)]),
    )
    const scores = await scoreModel(scorers, result.model, bases, new AbortController().signal)
    expect(scores).toEqual(result.predictions.validation)
    const measured = [...job.validation].flatMap((element) => [...job.activities.subarray(element * 2, element * 2 + 2)])
    const mse = measured.reduce((sum, activity, i) => sum + (activity - scores[i]!) ** 2, 0) / measured.length
    expect(last.epoch.validationLoss).toBeCloseTo(mse, 10)
  })

  it('learns nothing from rows that were not measured', async () => {
    const job = simulatedJob({ recipe: { batchSize: 64 } })
    const blank = (at: number) => job.activities.map((activity, row) => (row % 5 === at ? NaN : activity))
    const masked = await train({ ...job, activities: blank(1) })
    expect(bytesOf(masked.result.model.tensors)).not.toEqual(bytesOf((await train(job)).result.model.tensors))
    // An element that has no activity is as good as absent.
    const first = job.train[0]!
    const absent = job.activities.map((activity, row) => (Math.floor(row / 2) === first ? NaN : activity))
    const without = await train({ ...job, train: job.train.slice(1) })
    expect(bytesOf((await train({ ...job, activities: absent })).result.model.tensors)).toEqual(bytesOf(without.result.model.tensors))
  })

  it('measures its loss over the measured rows alone', async () => {
    const job = simulatedJob({ variant: 'baseline', recipe: { epochs: 1, batchSize: 64, dropout: 0 } })
    const everywhere = await train(job)
    const twice = Float32Array.from(job.activities, (_, row) => (row % 2 ? NaN : job.activities[row]!))
    const half = await train({ ...job, activities: twice })
    const single = Float32Array.from(job.activities.filter((_, row) => row % 2 === 0))
    const alone = await train({ ...job, cellTypes: 1, activities: single })
    expect(half.last.epoch.trainLoss).toBeCloseTo(alone.last.epoch.trainLoss, 6)
    expect(half.last.epoch.trainLoss).not.toBeCloseTo(everywhere.last.epoch.trainLoss, 3)
  })

  it('takes a last batch of a single sequence', async () => {
    const job = simulatedJob({ recipe: { batchSize: 9, epochs: 1 } })
    expect(job.train.length % 9).toBe(1)
    const { last } = await train(job)
    expect(last.checkpoint.step).toBe(4)
    expect(Number.isFinite(last.epoch.trainLoss)).toBe(true)
  })

  it('does without validation and test parts', async () => {
    const none = new Int32Array()
    const { result, last } = await train(simulatedJob({ validation: none, test: none, recipe: { weights: 'best', patience: 1 } }))
    expect(last.epoch).toMatchObject({ epoch: 3, validationLoss: null, validationPearson: null })
    expect(result.epochOfWeights).toBe(3)
    expect(result.predictions.test.length).toBe(0)
  })

  it("keeps the best epoch's weights, and stops when patience is out", async () => {
    // At this rate the weights wander, so the best epoch is not the last.
    const job = simulatedJob({ recipe: { weights: 'best', patience: 3, epochs: 60, learningRate: 0.05 } })
    const { result, epochs } = await train(job)
    const pearsons = epochs.map(({ epoch }) => epoch.validationPearson ?? -2)
    const best = pearsons.indexOf(Math.max(...pearsons)) + 1
    expect(result.epochOfWeights).toBe(best)
    expect(result.epochs).toBe(best + 3)
    const ofBest = epochs[best - 1]!.checkpoint
    expect(bytesOf(result.model.tensors)).toEqual(bytesOf(modelTensors(ofBest)))
  })

  it('stops after the step under way, and keeps the checkpoint of the last epoch', async () => {
    const controller = new AbortController()
    const kept: Checkpoint[] = []
    const job = simulatedJob({ recipe: { epochs: 1000 } })
    const stopped = train(
      job,
      (value) => {
        if (value.kind !== 'epoch') return
        kept.push(value.checkpoint)
        if (value.epoch.epoch === 2) controller.abort()
      },
      controller.signal,
    )
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    expect(kept.map(({ epoch }) => epoch)).toEqual([1, 2])
  })

  it('says so when the numbers run away', async () => {
    const job = simulatedJob({ recipe: { learningRate: 1, epochs: 50 } })
    const wild = { ...job, activities: job.activities.map((activity) => activity * 1e25) }
    await expect(train(wild)).rejects.toMatchObject({
      message: expect.stringContaining('astray in epoch') as string,
      details: { hint: expect.stringContaining('learning rate of 1') as string },
    })
  })

  it('needs a measured activity, and data that fit together', async () => {
    const job = simulatedJob()
    await expect(train({ ...job, activities: job.activities.map(() => NaN) })).rejects.toThrow('no measured activity')
    await expect(train({ ...job, activities: job.activities.slice(1) })).rejects.toThrow('do not fit together')
    await expect(train({ ...job, test: Int32Array.of(40) })).rejects.toThrow('do not fit together')
  })

  it('refuses a checkpoint of another variant', async () => {
    const { last } = await train(simulatedJob({ variant: 'baseline', recipe: { epochs: 1 } }))
    await expect(train(simulatedJob({ variant: 'full', resume: last.checkpoint }))).rejects.toThrow('does not fit it')
  })

  it('holds no more tensors after an epoch than after the first', async () => {
    const counts: number[] = []
    await train(simulatedJob({ recipe: { epochs: 6 } }), (value) => {
      if (value.kind === 'epoch') counts.push(tf.memory().numTensors)
    })
    expect(new Set(counts).size).toBe(1)
  })
})

function modelTensors({ tensors }: Checkpoint): Model['tensors'] {
  return Object.fromEntries(
    Object.entries(tensors)
      .filter(([name]) => name.startsWith('model/'))
      .map(([name, tensor]) => [name.slice('model/'.length), tensor]),
  )
}
