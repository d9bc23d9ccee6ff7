import type { Tensor } from '@tensorflow/tfjs-core'
import type { Model } from '../../shared/contract/engine.ts'
import { reverseComplement } from '../../shared/dna/bases.ts'
import type { Backend, CompiledFunction } from '../backends/backend.ts'
import { tf } from '../tfjs.ts'
import { padCodes, paddedLength } from '../variants/padCodes.ts'
import { scoreFunction, type Architecture } from './scoreFunction.ts'

/** What a scorer is made for; the numbers of the model come with each call. */
export type ScorerOptions = Architecture & Pick<Model, 'length' | 'strands'>

/** A model's numbers on the engine, as packed vectors. */
export interface ModelState {
  readonly weights: Tensor
  readonly statistics: Tensor
}

export interface Scorer {
  /**
   * Predicted log2(RNA/DNA), [rows, cellTypes], of `rows` sequences; `codesOf` gives the base codes of each. Sequences go
   * in batches of one fixed size, the last filled up with padding, so that a score depends on its sequence alone.
   */
  score(model: ModelState, codesOf: (row: number) => Uint8Array, rows: number, betweenBatches: () => Promise<void>): Promise<Float32Array>
  dispose(): void
}

export function makeScorer(backend: Backend, { strands, length, ...architecture }: ScorerOptions): Scorer {
  const { scoringBatch, scoringParts } = backend
  const { cellTypes } = architecture
  const fn = scoreFunction(backend.ops, architecture, scoringParts)
  let compiled: CompiledFunction | undefined

  const scoreBatch = ({ weights, statistics }: ModelState, codesOf: (row: number) => Uint8Array, rows: number): Float32Array => {
    const codes = tf.tensor2d(padCodes(codesOf, rows, length, scoringBatch), [scoringBatch, paddedLength(length)], 'int32')
    compiled ??= backend.compile(fn, [weights, statistics, codes])
    const [scores] = compiled.run(weights, statistics, codes)
    const values = scores!.dataSync<'float32'>()
    tf.dispose([codes, scores!])
    return values.subarray(0, rows * cellTypes)
  }

  return {
    score: async (model, codesOf, rows, betweenBatches) => {
      const scores = new Float32Array(rows * cellTypes)
      for (let from = 0; from < rows; from += scoringBatch) {
        await betweenBatches()
        const count = Math.min(scoringBatch, rows - from)
        const batch = scores.subarray(from * cellTypes, (from + count) * cellTypes)
        batch.set(scoreBatch(model, (row) => codesOf(from + row), count))
        if (strands === 'forward') continue
        const others = scoreBatch(model, (row) => reverseComplement(codesOf(from + row)), count)
        batch.forEach((score, i) => (batch[i] = (score + others[i]!) / 2))
      }
      return scores
    },
    dispose: () => compiled?.dispose(),
  }
}
