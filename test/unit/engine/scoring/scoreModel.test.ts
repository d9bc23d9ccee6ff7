import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Backend } from '../../../../src/engine/backends/backend.ts'
import { loaders } from '../../../../src/engine/backends/loaders.ts'
import { OutOfMemory, withMachineFaults } from '../../../../src/engine/backends/machineFaults.ts'
import { ScorerCache } from '../../../../src/engine/scoring/scorerCache.ts'
import { scoreModel } from '../../../../src/engine/scoring/scoreModel.ts'
import { tf } from '../../../../src/engine/tfjs.ts'
import { variantDefinitions } from '../../../../src/engine/variants/definitions.ts'
import { encoderStatistics } from '../../../../src/engine/variants/encoder.ts'
import { initialiseParameters, unpackParameters } from '../../../../src/engine/variants/parameters.ts'
import type { Model } from '../../../../src/shared/contract/engine.ts'
import { encodeBases, reverseComplement } from '../../../../src/shared/dna/bases.ts'
import { codePairs } from '../../../../src/shared/dna/codePairs.ts'
import { variants, type Variant } from '../../../../src/shared/domain/variants.ts'
import { random } from '../../../../src/shared/stats/random.ts'

const LENGTH = 50
const { signal } = new AbortController()

let backend: Backend
let scorers: ScorerCache
beforeAll(async () => {
  backend = await loaders.tensorflow.load()
  scorers = new ScorerCache(backend)
})
afterEach(() => {
  expect(tf.memory().numTensors).toBe(0)
})

function model(variant: Variant, changes: Partial<Model> = {}): Model {
  const parameters = variantDefinitions[variant].parameters(3)
  const tensors = {
    ...unpackParameters(parameters, initialiseParameters(parameters, 5)),
    ...unpackParameters(encoderStatistics, initialiseParameters(encoderStatistics, 5)),
  }
  return { variant, length: LENGTH, cellTypes: 3, ambiguousBases: 'zeros', strands: 'forward', tensors, ...changes }
}

function sequences(count: number): Uint8Array {
  const source = random(3)
  return Uint8Array.from({ length: count * LENGTH }, () => 1 << source.integer(4))
}

const score = (of: Model, bases: Uint8Array) => scoreModel(scorers, of, codePairs(bases, of.length), signal)

describe('where a batch does not fit into the memory', () => {
  /** The backend with room for so many sequences; `sizes` are those of the batches that were tried. */
  function narrow(most: number): { scorers: ScorerCache; sizes: number[] } {
    const sizes: number[] = []
    const compile: Backend['compile'] = (fn, examples) => {
      const compiled = backend.compile(fn, examples)
      return {
        ...compiled,
        run: (...inputs) => {
          const size = inputs[2]!.shape[0]
          sizes.push(size)
          if (size > most) throw new Error('OOM when allocating tensor with shape[2048,1,60,8]')
          return compiled.run(...inputs)
        },
      }
    }
    return { scorers: new ScorerCache(withMachineFaults({ ...backend, scoringBatch: 64, scoringParts: 1, compile })), sizes }
  }

  it.each(['forward', 'both'] as const)('it is halved until it fits, and %s scores are the same', async (strands) => {
    const { scorers: cramped, sizes } = narrow(16)
    const bases = sequences(70)
    const expected = await score(model('full', { strands }), bases)
    const calls = [1, 2].map(() => scoreModel(cramped, model('full', { strands }), codePairs(bases, LENGTH), signal))
    for (const scores of await Promise.all(calls)) {
      expect(scores.length).toBe(expected.length)
      scores.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6))
    }
    expect([...new Set(sizes)]).toEqual([64, 32, 16])
    expect(sizes.slice(sizes.indexOf(16)).every((size) => size === 16)).toBe(true)
    cramped.dispose()
  })

  it('gives up where not even one sequence fits', async () => {
    const { scorers: cramped } = narrow(0)
    await expect(scoreModel(cramped, model('full'), codePairs(sequences(3), LENGTH), signal)).rejects.toThrow(OutOfMemory)
    cramped.dispose()
  })
})

describe('a score', () => {
  it.each(variants)('of %s depends on its sequence alone, not on what is scored with it', async (variant) => {
    const bases = sequences(backend.scoringBatch + 7)
    const together = await score(model(variant), bases)
    for (const row of [0, 1, 6, backend.scoringBatch - 1, backend.scoringBatch, backend.scoringBatch + 6]) {
      const alone = await score(model(variant), bases.slice(row * LENGTH, (row + 1) * LENGTH))
      expect(together.slice(row * 3, row * 3 + 3), `row ${row}`).toEqual(alone)
    }
  })

  it('of both strands is the mean of the two, and so the same for a sequence and its reverse complement', async () => {
    const bases = sequences(1)
    const [forward, reverse, both, bothOfReverse] = await Promise.all([
      score(model('full'), bases),
      score(model('full'), reverseComplement(bases)),
      score(model('full', { strands: 'both' }), bases),
      score(model('full', { strands: 'both' }), reverseComplement(bases)),
    ])
    expect(forward).not.toEqual(reverse)
    both.forEach((value, i) => expect(value).toBeCloseTo((forward[i]! + reverse[i]!) / 2, 6))
    expect(bothOfReverse).toEqual(both)
  })

  it('of baseline is the same for every cell type, of embedding it is not', async () => {
    const [baseline, embedding] = [await score(model('baseline'), sequences(1)), await score(model('embedding'), sequences(1))]
    expect(new Set(baseline).size).toBe(1)
    expect(new Set(embedding).size).toBe(3)
  })

  it('reads ambiguous letters as the model was trained to', async () => {
    const [plain, ambiguous] = [
      'AACGTTGCATGCATCGATCGATTAGCTAGCATCGATTACGATCGATTACG',
      'AACGTTGCATGCATCGATCGATTAGCTAGCATCGANTACGATCGATTACG',
    ].map((text) => {
      const encoded = encodeBases(text)
      if ('notDnaAt' in encoded) throw new Error('not DNA')
      return encoded.codes
    }) as [Uint8Array, Uint8Array]
    const [asZeros, asProbabilities] = [
      await score(model('full'), ambiguous),
      await score(model('full', { ambiguousBases: 'probabilities' }), ambiguous),
    ]
    expect(asZeros).not.toEqual(asProbabilities)
    expect(await score(model('full', { ambiguousBases: 'probabilities' }), plain)).toEqual(await score(model('full'), plain))
  })

  it('is made for no sequences, too', async () => {
    expect(await score(model('full'), new Uint8Array())).toEqual(new Float32Array())
  })

  it('is refused for sequences of another length, and for a model that lacks a tensor', async () => {
    await expect(scoreModel(scorers, model('full'), new Uint8Array(LENGTH / 2 + 1), signal)).rejects.toThrow(`not all ${LENGTH} bases long`)
    await expect(score(model('full', { tensors: {} }), sequences(1))).rejects.toThrow('does not fit the variant full')
  })
})

describe('the cache of scorers', () => {
  it('compiles once for models that differ in their numbers only, and keeps the latest eight', () => {
    const options = (length: number) => ({ ...model('full'), length })
    const first = scorers.get(options(60))
    expect(scorers.get(options(60))).toBe(first)
    for (let length = 61; length < 68; length++) scorers.get(options(length))
    expect(scorers.get(options(60))).toBe(first)
    for (let length = 70; length < 78; length++) scorers.get(options(length))
    expect(scorers.get(options(60))).not.toBe(first)
  })
})
