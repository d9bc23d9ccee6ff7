import type { Model } from '../../shared/contract/engine.ts'
import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import { pairsIn } from '../../shared/dna/codePairs.ts'
import { tf } from '../tfjs.ts'
import { takeTurns } from '../turns.ts'
import { variantDefinitions } from '../variants/definitions.ts'
import { encoderStatistics } from '../variants/encoder.ts'
import { packParameters } from '../variants/parameters.ts'
import { calibrated, calibrationOf, type Calibration } from './calibration.ts'
import type { ScorerCache } from './scorerCache.ts'

/** Scores base codes in pairs, [sequences, pairsIn(model.length)], with a trained model: [sequences, model.cellTypes]. */
export async function scoreModel(scorers: ScorerCache, model: Model, bases: Uint8Array, signal: AbortSignal): Promise<Float32Array> {
  const { variant, cellTypes, length } = model
  const width = pairsIn(length)
  if (bases.length % width !== 0)
    throw new WorkbenchError('invalid-input', `The sequences to score are not all ${length} bases long, as this model needs them.`)
  const { weights, calibration } = read()
  const state = { weights: tf.tensor1d(weights), statistics: tf.tensor1d(packParameters(encoderStatistics, model.tensors)) }
  try {
    const outputs = await scorers
      .get(model)
      .score(state, (row) => bases.subarray(row * width, (row + 1) * width), bases.length / width, takeTurns(signal))
    return calibration ? calibrated(outputs, calibration) : outputs
  } finally {
    tf.dispose([state.weights, state.statistics])
  }

  function read(): { weights: Float32Array; calibration: Calibration | null } {
    try {
      const weights = packParameters(variantDefinitions[variant].parameters(cellTypes), model.tensors)
      return { weights, calibration: calibrationOf(model.tensors, cellTypes) }
    } catch (fault) {
      throw new WorkbenchError('invalid-input', `This model's file does not fit the variant ${variant}: ${messageOf(fault)}.`, {
        hint: 'The file may be damaged. Train the model again, or restore the workspace from a backup.',
      })
    }
  }
}
