import type { Tensor } from '@tensorflow/tfjs-core'
import type { Model } from '../../shared/contract/engine.ts'
import { pairsIn, reverseComplementPairs, unpairInto } from '../../shared/dna/codePairs.ts'
import type { Backend, CompiledFunction } from '../backends/backend.ts'
import { OutOfMemory } from '../backends/machineFaults.ts'
import { tf } from '../tfjs.ts'
import { PADDED_BASES } from '../variants/encoder.ts'
import { paddedLength } from '../variants/padCodes.ts'
import { scoreFunction, type Architecture } from './scoreFunction.ts'

/** What a scorer is made for; the numbers of the model come with each call. */
export type ScorerOptions = Architecture & Pick<Model, 'strands'>

/** A model's numbers on the engine, as packed vectors. */
export interface ModelState {
  readonly weights: Tensor
  readonly statistics: Tensor
}

type CodesOf = (row: number) => Uint8Array

export interface Scorer {
  /**
   * Predicted log2(RNA/DNA), [rows, cellTypes], of `rows` sequences; `codesOf` gives the base codes of each, in pairs. Sequences go
   * in batches of one fixed size, the last filled up with padding, so that a score depends on its sequence alone. Where the
   * device's memory is too small for that size it is halved, for good; the scores are the same.
   */
  score(model: ModelState, codesOf: CodesOf, rows: number, betweenBatches: () => Promise<void>): Promise<Float32Array>
  dispose(): void
}

export function makeScorer(backend: Backend, { strands, ...architecture }: ScorerOptions): Scorer {
  const { scoringParts, ops } = backend
  const { cellTypes, length } = architecture
  const fn = scoreFunction(ops, architecture, scoringParts)
  let size = backend.scoringBatch
  let compiled: CompiledFunction | undefined

  const tensorOf = (codesOf: CodesOf, rows: number): Tensor => {
    const width = ops.encodePairs ? pairsIn(length) : paddedLength(length)
    const codes = ops.encodePairs ? new Uint8Array(size * width) : new Int32Array(size * width)
    for (let row = 0; row < rows; row++) {
      if (ops.encodePairs) codes.set(codesOf(row), row * width)
      else unpairInto(codes, row * width + PADDED_BASES, codesOf(row), length)
    }
    return tf.tensor2d(codes, [size, width], ops.encodePairs ? 'bool' : 'int32')
  }

  const scoreBatch = async ({ weights, statistics }: ModelState, codesOf: CodesOf, rows: number): Promise<Float32Array> => {
    const codes = tensorOf(codesOf, rows)
    let scores: Tensor | undefined
    try {
      compiled ??= backend.compile(fn, [weights, statistics, codes])
      ;[scores] = compiled.run(weights, statistics, codes)
    } finally {
      codes.dispose()
    }
    try {
      return (await backend.read(scores!)).subarray(0, rows * cellTypes)
    } finally {
      scores!.dispose()
    }
  }

  /** Throws what does not come of too large a batch. */
  const halve = (fault: unknown, failed: number) => {
    if (!(fault instanceof OutOfMemory) || failed / 2 < scoringParts || failed % 2 !== 0) throw fault
    // Another call, whose batch failed with this one, may have done it already.
    if (size < failed) return
    size = failed / 2
    compiled?.dispose()
    compiled = undefined
  }

  const scoreStrand = async (
    model: ModelState,
    codesOf: CodesOf,
    rows: number,
    betweenBatches: () => Promise<void>,
  ): Promise<Float32Array> => {
    const scores = new Float32Array(rows * cellTypes)
    for (let from = 0; from < rows;) {
      await betweenBatches()
      const [tried, first] = [size, from]
      const count = Math.min(tried, rows - first)
      try {
        scores.set(await scoreBatch(model, (row) => codesOf(first + row), count), first * cellTypes)
        from += count
      } catch (fault) {
        halve(fault, tried)
      }
    }
    return scores
  }

  return {
    score: async (model, codesOf, rows, betweenBatches) => {
      const scores = await scoreStrand(model, codesOf, rows, betweenBatches)
      if (strands === 'forward') return scores
      const others = await scoreStrand(model, (row) => reverseComplementPairs(codesOf(row), length), rows, betweenBatches)
      return scores.map((score, i) => (score + others[i]!) / 2)
    },
    dispose: () => compiled?.dispose(),
  }
}
