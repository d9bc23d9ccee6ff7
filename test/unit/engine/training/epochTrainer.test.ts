import { afterEach, describe, expect, it } from 'vitest'
import type { Backend } from '../../../../src/engine/backends/backend.ts'
import { chooseBackend } from '../../../../src/engine/backends/chooseBackend.ts'
import { loaders } from '../../../../src/engine/backends/loaders.ts'
import { OutOfMemory } from '../../../../src/engine/backends/machineFaults.ts'
import { ScorerCache } from '../../../../src/engine/scoring/scorerCache.ts'
import { tf } from '../../../../src/engine/tfjs.ts'
import { trainModel } from '../../../../src/engine/training/trainModel.ts'
import type { Recipe } from '../../../../src/shared/domain/recipe.ts'
import type { Checkpoint, TrainingProgress } from '../../../../src/shared/contract/engine.ts'
import { faultyTensorFlow, OOM_TEXT, PROVING } from '../backends/faultyLoaders.ts'
import { simulatedJob } from './simulatedJob.ts'

type Fails = Parameters<typeof faultyTensorFlow>[0]

async function train(fails: Fails, recipe: Partial<Recipe> = {}, resume: Checkpoint | null = null) {
  const { backend } = await chooseBackend({ engines: ['tensorflow'], from: faultyTensorFlow(fails) })
  return trainOn(backend, recipe, resume)
}
async function trainOn(backend: Backend, recipe: Partial<Recipe>, resume: Checkpoint | null = null) {
  const scorers = new ScorerCache(backend)
  const progress: TrainingProgress[] = []
  try {
    const signal = new AbortController().signal
    const result = await trainModel(simulatedJob({ recipe, resume }), {
      backend,
      scorers,
      signal,
      progress: (value) => progress.push(value),
    })
    return { result, notes: progress.flatMap((value) => (value.kind === 'note' ? [value.message] : [])), progress }
  } finally {
    scorers.dispose()
  }
}
const weightsOf = ({ result }: Awaited<ReturnType<typeof train>>) => result.model.tensors['encoder.0.weight']!.values

describe('where a batch does not fit into the memory', () => {
  afterEach(() => {
    expect(tf.memory().numTensors).toBe(0)
  })

  it('halves it until it fits, says so, and is then exactly a run with such batches', async () => {
    const halved = await train((batch) => (batch > 4 ? OOM_TEXT : undefined), { batchSize: 16 })
    expect(halved.notes).toEqual([
      expect.stringContaining('too small for batches of 16 sequences, so from epoch 1 on they have 8.'),
      expect.stringContaining('too small for batches of 8 sequences, so from epoch 1 on they have 4.'),
    ])
    const small = await train(() => undefined, { batchSize: 4 })
    expect(weightsOf(halved)).toEqual(weightsOf(small))
    expect(small.notes).toEqual([])
  })

  it('goes on from the state before the epoch, at its place in the schedule', async () => {
    const recipe = { batchSize: 8, schedule: 'oneCycle', epochs: 4 } as const
    // Four steps an epoch: the second epoch fails in its third.
    let failed = false
    const { progress, notes } = await train((_, before) => {
      if (failed || before < PROVING + 6) return undefined
      failed = true
      return OOM_TEXT
    }, recipe)
    expect(notes).toEqual([expect.stringContaining('so from epoch 2 on they have 4.')])
    const epochs = progress.flatMap((value) => (value.kind === 'epoch' ? [value] : []))
    expect(epochs.map(({ epoch }) => epoch.epoch)).toEqual([1, 2, 3, 4])
    expect(epochs.map(({ checkpoint }) => checkpoint.step)).toEqual([4, 11, 18, 25])
    const whole = await train(() => undefined, recipe)
    const wholeEpochs = whole.progress.flatMap((value) => (value.kind === 'epoch' ? [value] : []))
    expect(epochs[0]!.checkpoint).toEqual(wholeEpochs[0]!.checkpoint)
    expect(epochs[3]!.epoch.learningRate).toBeCloseTo(wholeEpochs[3]!.epoch.learningRate, 9)
  })

  it('goes on with the halved batches where the run is resumed, says so again, and ends with the same bytes', async () => {
    let failed = false
    const stopped = await train((batch) => {
      if (failed || batch !== 8) return undefined
      failed = true
      return OOM_TEXT
    })
    const [, checkpoint] = stopped.progress.flatMap((value) => (value.kind === 'epoch' ? [value.checkpoint] : []))
    expect(checkpoint!.halved).toEqual({ batchSize: 4, fromEpoch: 1 })
    const resumed = await train(() => undefined, {}, checkpoint)
    expect(weightsOf(resumed)).toEqual(weightsOf(stopped))
    expect(resumed.notes).toEqual(stopped.notes)
    expect(resumed.progress[0]!.kind).toBe('started')
  })

  it('begins with smaller batches where an engine is too slow for them, says so, and again where the run is resumed', async () => {
    const from = { ...loaders, cpu: { name: 'cpu' as const, load: async () => ({ ...(await loaders.cpu.load()), largestBatch: 5 }) } }
    const { backend } = await chooseBackend({ engines: ['cpu'], from })
    const slow = await trainOn(backend, { batchSize: 16 })
    const note = 'The engine is too slow for batches of 16 sequences, so from epoch 1 on they have 4.'
    expect(slow.notes).toEqual([expect.stringContaining(note)])
    expect(slow.progress.slice(0, 2).map(({ kind }) => kind)).toEqual(['started', 'note'])
    const small = await trainOn(backend, { batchSize: 4 })
    expect(small.notes).toEqual([])
    expect(weightsOf(slow)).toEqual(weightsOf(small))

    const [checkpoint] = slow.progress.flatMap((value) => (value.kind === 'epoch' ? [value.checkpoint] : []))
    const resumed = await trainOn(backend, { batchSize: 16 }, checkpoint)
    expect(resumed.notes).toEqual(slow.notes)
    expect(weightsOf(resumed)).toEqual(weightsOf(slow))
  })

  it('gives up where not even two sequences fit', async () => {
    await expect(train(() => OOM_TEXT)).rejects.toThrow(OutOfMemory)
  })
})
