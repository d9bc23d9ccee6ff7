import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Backend } from '../../../../src/engine/backends/backend.ts'
import { loaders } from '../../../../src/engine/backends/loaders.ts'
import { ScorerCache } from '../../../../src/engine/scoring/scorerCache.ts'
import { scoreModel } from '../../../../src/engine/scoring/scoreModel.ts'
import { tf } from '../../../../src/engine/tfjs.ts'
import { learnedParameters } from '../../../../src/engine/training/learnedParameters.ts'
import { fromCheckpoint } from '../../../../src/engine/training/packedState.ts'
import { Predictor } from '../../../../src/engine/training/predictor.ts'
import { trainingData } from '../../../../src/engine/training/trainingData.ts'
import { trainModel } from '../../../../src/engine/training/trainModel.ts'
import type { Checkpoint, Model, TrainingJob, TrainingProgress } from '../../../../src/shared/contract/engine.ts'
import { losses, optimizers, recipes, type Optimizer, type Recipe } from '../../../../src/shared/domain/recipe.ts'
import { variants } from '../../../../src/shared/domain/variants.ts'
import { mean, pearson } from '../../../../src/shared/stats/correlation.ts'
import { measureByCellType } from '../../../../src/shared/stats/measures.ts'
import { random, shuffle } from '../../../../src/shared/stats/random.ts'
import { pairsOf, simulatedJob } from './simulatedJob.ts'
import { bytesOf } from './tensorBytes.ts'

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

  it('resumed after any epoch ends where the one that never stopped ran out of patience', async () => {
    const recipe = {
      ...recipes.default,
      batchSize: 8,
      epochs: 40,
      learningRate: 0.05,
      shift: 2,
      dropout: 0.2,
      patience: 3,
      schedule: 'oneCycle',
      weights: 'best',
    } as const
    const job = simulatedJob({ recipe })
    const whole = await train(job)
    expect(whole.result.epochs).toBe(whole.result.epochOfWeights + 3)
    expect(whole.result.epochs).toBeLessThan(40)
    for (const { checkpoint } of whole.epochs) {
      const { result, epochs } = await train({ ...job, resume: structuredClone(checkpoint) })
      expect(bytesOf(result.model.tensors)).toEqual(bytesOf(whole.result.model.tensors))
      expect([result.epochs, result.epochOfWeights]).toEqual([whole.result.epochs, whole.result.epochOfWeights])
      expect(epochs.map(({ epoch }) => epoch.learningRate)).toEqual(
        whole.epochs.slice(checkpoint.epoch).map(({ epoch }) => epoch.learningRate),
      )
    }
  })

  it.each([...optimizers.map((optimizer): Partial<Recipe> => ({ optimizer })), ...losses.map((loss): Partial<Recipe> => ({ loss }))])(
    'with %o goes on from a checkpoint to the same bytes, and learns',
    async (changes) => {
      const rates: Partial<Record<Optimizer, number>> = { adadelta: 1, adagrad: 0.05, sgd: 0.01, lamb: 0.02 }
      const learningRate = rates[changes.optimizer ?? 'adam'] ?? 5e-3
      const job = simulatedJob({
        variant: 'full',
        elements: 200,
        recipe: { epochs: 12, weightDecay: 1e-3, dropout: 0.1, learningRate, ...changes },
      })
      const whole = await train(job)
      const resumed = await train({ ...job, resume: structuredClone(whole.epochs[6]!.checkpoint) })
      expect(bytesOf(resumed.last.checkpoint.tensors)).toEqual(bytesOf(whole.last.checkpoint.tensors))
      expect(resumed.result.predictions).toEqual(whole.result.predictions)
      expect(whole.last.epoch.trainLoss).toBeLessThan(whole.epochs[0]!.epoch.trainLoss)
      expect(whole.last.epoch.validationPearson).toBeGreaterThan(0.5)
    },
  )

  it('with a loss that leaves the scale free gives predictions on the scale of the target, cell type by cell type', async () => {
    const recipe = { loss: 'pearson', epochs: 20, learningRate: 1e-2, dropout: 0, batchSize: 32 } as const
    const job = simulatedJob({ elements: 400, recipe })
    // Two cell types on scales of their own.
    const activities = job.activities.map((activity, row) => (row % 2 ? 10 * activity - 50 : activity))
    for (const variant of ['embedding', 'baseline'] as const) {
      const { result } = await train({ ...job, variant, activities })
      const measured = Float32Array.from([...job.test].flatMap((element) => [...activities.subarray(2 * element, 2 * element + 2)]))
      const { HepG2, K562 } = Object.fromEntries(measureByCellType(result.predictions.test, measured, ['HepG2', 'K562']))
      if (variant === 'baseline') {
        // One prediction for all cell types, halfway between them.
        expect(result.predictions.test.filter((_, i) => i % 2)).toEqual(result.predictions.test.filter((_, i) => i % 2 === 0))
        expect(Math.abs(mean(result.predictions.test) - mean(measured))).toBeLessThan(1)
        continue
      }
      for (const { r2, pearson } of [HepG2!, K562!]) {
        expect(pearson).toBeGreaterThan(0.8)
        // On the right scale R² is about r²; on any other it is far below.
        expect(Math.abs(r2! - pearson! ** 2)).toBeLessThan(0.05)
      }
      const scores = await scoreModel(scorers, result.model, pairsOf(job, job.test), new AbortController().signal)
      expect(scores).toEqual(result.predictions.test)
    }
  })

  it('with a variance tells rows that vary more from those that vary less', async () => {
    const job = simulatedJob({
      elements: 600,
      recipe: { loss: 'gaussianNll', epochs: 15, learningRate: 1e-2, dropout: 0, batchSize: 32, weights: 'last' },
    })
    const source = random(3)
    // What is CG-rich is noisy.
    const activities = job.activities.map((activity) => activity + (activity > 0 ? 2 : 0.1) * source.normal())
    const { result, last } = await train({ ...job, cellTypes: 2, activities })
    const learned = learnedParameters({ ...job, recipe: { loss: 'gaussianNll' } }).map(({ name }) => name)
    expect(Object.keys(result.model.tensors)).toEqual(expect.arrayContaining(learned))
    const scorer = scorers.get({ ...job, ambiguousBases: 'zeros', strands: 'forward' })
    const predictor = new Predictor({
      variant: job.variant,
      recipe: { loss: 'gaussianNll' },
      data: trainingData(job),
      scorer,
      betweenBatches: async () => {},
    })
    const packed = fromCheckpoint(learnedParameters({ ...job, recipe: { loss: 'gaussianNll' } }), last.checkpoint).state
    const raw = (await predictor.predictRawVariances(packed, job.test))!
    const isRich = [...job.test].flatMap((element) => [0, 1].map((c) => job.activities[2 * element + c]! > 0))
    const meanOf = (rich: boolean) => mean(raw.filter((_, i) => isRich[i] === rich))
    const softplus = (z: number) => Math.log1p(Math.exp(z))
    expect(softplus(meanOf(true))).toBeGreaterThan(3 * softplus(meanOf(false)))
  })

  it('on shuffled labels predicts nothing', async () => {
    const job = simulatedJob({ elements: 2000, cellTypes: 1, recipe: { ...recipes.default, epochs: 8, batchSize: 64, shift: 0 } })
    const source = random(4)
    const activities = shuffle([...job.activities], source)
    const { result } = await train({ ...job, activities: Float32Array.from(activities) })
    const measured = Float32Array.from(job.test, (element) => activities[element]!)
    expect(Math.abs(pearson(result.predictions.test, measured)!)).toBeLessThan(3 / Math.sqrt(measured.length))
    const honest = await train(job)
    expect(
      pearson(
        honest.result.predictions.test,
        Float32Array.from(job.test, (element) => job.activities[element]!),
      ),
    ).toBeGreaterThan(0.9)
  })

  it.each(['baseline', 'full'] as const)(
    '%s finds a planted motif, to within 0.05 of what the noise lets any model reach',
    async (variant) => {
      const job = simulatedJob({
        variant,
        elements: 4000,
        length: 60,
        cellTypes: 1,
        recipe: { ...recipes.default, epochs: 15, batchSize: 64, shift: 0 },
      })
      const source = random(5)
      const motif = [8, 4, 1, 2, 8, 2, 1] // TGACTCA
      const truth = new Float32Array(job.activities.length)
      for (let element = 0; element < truth.length; element++) {
        const sites = source.integer(3)
        // Far enough apart that none overwrites another.
        for (let site = 0; site < sites; site++) job.bases.set(motif, element * job.length + 30 * site + source.integer(23))
        truth[element] = sites
      }
      const activities = truth.map((value) => value + 0.6 * source.normal())
      const { result } = await train({ ...job, activities })
      const ofTest = (values: Float32Array) => Float32Array.from(job.test, (element) => values[element]!)
      const ceiling = pearson(ofTest(truth), ofTest(activities))!
      expect(ceiling).toBeCloseTo(0.8, 1)
      expect(pearson(result.predictions.test, ofTest(activities))).toBeGreaterThan(ceiling - 0.05)
    },
  )

  it('tells its epochs, steps and parameters', async () => {
    const { told, epochs, result } = await train(simulatedJob())
    expect(told[0]).toMatchObject({ kind: 'started', engine: 'tensorflow on CPU', parameters: 2093 })
    expect(epochs.map(({ epoch }) => epoch.epoch)).toEqual([1, 2, 3])
    expect(epochs.flatMap(({ checkpoint }) => [checkpoint.epoch, checkpoint.step])).toEqual([1, 4, 2, 8, 3, 12])
    expect(result.epochs).toBe(3)
    expect(result.epochOfWeights).toBe(3)
    expect(result.predictions.validation.length).toBe(6 * 2)
    expect(result.predictions.test.length).toBe(6 * 2)
  })

  it('predicts as scoring with its model does, and tells the error of those predictions', async () => {
    const job = simulatedJob()
    const { result, last } = await train(job)
    const scores = await scoreModel(scorers, result.model, pairsOf(job, job.validation), new AbortController().signal)
    expect(scores).toEqual(result.predictions.validation)
    const measured = [...job.validation].flatMap((element) => [...job.activities.subarray(element * 2, element * 2 + 2)])
    const mse = measured.reduce((sum, activity, i) => sum + (activity - scores[i]!) ** 2, 0) / measured.length
    expect(last.epoch.validationLoss).toBeCloseTo(mse, 10)
    const inCellType = (values: ArrayLike<number>, c: number) => Array.from(values).filter((_, i) => i % 2 === c)
    expect(last.epoch.validationPearson).toBe(pearson(scores, measured))
    expect(last.epoch.cellTypePearsons).toEqual([0, 1].map((c) => pearson(inCellType(scores, c), inCellType(measured, c))))
  })

  it('tells Pearson by cell type of the elements that were measured in it alone, and null where it is not defined', async () => {
    const job = simulatedJob({ recipe: { epochs: 1 } })
    // In the first cell type nothing of the validation part, in the second all but its first element.
    const activities = job.activities.slice()
    for (const element of job.validation) activities[element * 2] = NaN
    activities[job.validation[0]! * 2 + 1] = NaN
    const { result, last } = await train({ ...job, activities })
    const second = (values: ArrayLike<number>) =>
      Array.from(values)
        .filter((_, i) => i % 2 === 1)
        .slice(1)
    const measured = [...job.validation].flatMap((element) => [...activities.subarray(element * 2, element * 2 + 2)])
    const expected = pearson(second(result.predictions.validation), second(measured))
    expect(last.epoch.cellTypePearsons).toEqual([null, expected])
    expect(last.epoch.validationPearson).toBe(expected)
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
    expect(last.epoch).toMatchObject({ epoch: 3, validationLoss: null, validationPearson: null, cellTypePearsons: [null, null] })
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
