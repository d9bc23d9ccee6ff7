import type { EngineClient } from '../../shared/contract/engine.ts'
import { pairsIn } from '../../shared/dna/codePairs.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Scorer } from '../models/loadScorer.ts'

/** Scores of some sequences, with how far an ensemble's members are apart. */
export interface Scores {
  /** [sequences, columns] */
  readonly scores: Float32Array
  /** Standard deviation over members (n − 1), NaN in columns of one member; null where all have one. */
  readonly spread: Float32Array | null
}

/** Gives base codes in pairs, [sequences, pairsIn(length)], to an engine, and returns their scores [sequences, cell types]. */
export type ScoreBases = (model: Parameters<EngineClient['models']['score']>[0]['model'], bases: Uint8Array) => Promise<Float32Array>

/**
 * Scores base codes in pairs, [sequences, pairsIn(length)], with every model: a model's columns beside those of the models before it. Members are
 * averaged in double precision.
 *
 * @throws WorkbenchError `unavailable` where the engine gives what is no score
 */
export async function scoreChunk(scorers: readonly Scorer[], bases: Uint8Array, score: ScoreBases): Promise<Scores> {
  const sequences = bases.length / pairsIn(scorers[0]!.length)
  const perScorer = await Promise.all(
    scorers.map(({ members, cellTypes }) =>
      Promise.all(members.map(async ({ model }) => checked(await score(model, bases), sequences * cellTypes.length))),
    ),
  )
  const [only] = perScorer
  if (perScorer.length === 1 && only!.length === 1) return { scores: only![0]!, spread: null }
  const width = scorers.reduce((sum, { cellTypes }) => sum + cellTypes.length, 0)
  const scores = new Float32Array(sequences * width)
  const spread = perScorer.some((members) => members.length > 1) ? new Float32Array(sequences * width).fill(Number.NaN) : null
  let column = 0
  for (const [s, members] of perScorer.entries()) {
    const cells = scorers[s]!.cellTypes.length
    for (let sequence = 0; sequence < sequences; sequence++) {
      for (let c = 0; c < cells; c++) {
        const from = sequence * cells + c
        const to = sequence * width + column + c
        let mean = 0
        for (const values of members) mean += values[from]!
        mean /= members.length
        scores[to] = mean
        if (members.length === 1) continue
        let squares = 0
        for (const values of members) squares += (values[from]! - mean) ** 2
        spread![to] = Math.sqrt(squares / (members.length - 1))
      }
    }
    column += cells
  }
  return { scores, spread }
}

function checked(scores: Float32Array, expected: number): Float32Array {
  if (scores.length === expected && allFinite(scores)) return scores
  throw new WorkbenchError('unavailable', 'The engine gave scores that are not numbers.', { hint: 'Check the engine in Settings.' })
}

/** As a plain loop: an infinity or NaN makes the sum of differences NaN, and a call a number would cost more. */
function allFinite(values: Float32Array): boolean {
  let none = 0
  for (let i = 0; i < values.length; i++) none += values[i]! - values[i]!
  return none === 0
}
