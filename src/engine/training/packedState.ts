import type { Checkpoint } from '../../shared/contract/engine.ts'
import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import { encoderStatistics } from '../variants/encoder.ts'
import { initialiseParameters, packParameters, unpackParameters, type NamedTensors, type Parameter } from '../variants/parameters.ts'

/** A model's numbers, packed in the engine's layout. */
export interface PackedModel {
  readonly weights: Float32Array
  readonly statistics: Float32Array
}

/** All that a training step changes. */
export interface PackedState extends PackedModel {
  readonly moment1: Float32Array
  readonly moment2: Float32Array
  /** Steps taken. */
  readonly step: number
}

/** A training at the end of an epoch. */
export interface Standing {
  readonly state: PackedState
  readonly best: PackedModel
  readonly epoch: number
  readonly bestEpoch: number
  readonly bestPearson: number | null
}

/** Before the first epoch. */
export function freshStanding(parameters: readonly Parameter[], seed: number): Standing {
  const weights = initialiseParameters(parameters, seed)
  const statistics = initialiseParameters(encoderStatistics, seed)
  const state = { weights, statistics, moment1: new Float32Array(weights.length), moment2: new Float32Array(weights.length), step: 0 }
  return { state, best: state, epoch: 0, bestEpoch: 0, bestPearson: null }
}

/** The reverse of {@link toCheckpoint}. Throws a {@link WorkbenchError} where the checkpoint is of another network. */
export function fromCheckpoint(parameters: readonly Parameter[], { tensors, step, ...rest }: Checkpoint): Standing {
  try {
    const state = {
      ...packModel(parameters, tensors, 'model/'),
      moment1: packParameters(parameters, tensors, 'moment1/'),
      moment2: packParameters(parameters, tensors, 'moment2/'),
      step,
    }
    const hasBest = Object.keys(tensors).some((name) => name.startsWith('best/'))
    return { state, best: hasBest ? packModel(parameters, tensors, 'best/') : state, ...rest }
  } catch (fault) {
    throw new WorkbenchError('invalid-input', `The saved state of this run does not fit it: ${messageOf(fault)}.`, {
      hint: 'Start the run again from the beginning.',
    })
  }
}

/** `keepBest` where the recipe asks for the best epoch's weights; otherwise they are never read again. */
export function toCheckpoint(
  parameters: readonly Parameter[],
  { state, best, epoch, bestEpoch, bestPearson }: Standing,
  keepBest: boolean,
): Checkpoint {
  const tensors = {
    ...unpackModel(parameters, state, 'model/'),
    ...unpackParameters(parameters, state.moment1, 'moment1/'),
    ...unpackParameters(parameters, state.moment2, 'moment2/'),
    ...(keepBest ? unpackModel(parameters, best, 'best/') : {}),
  }
  return { epoch, step: state.step, bestEpoch, bestPearson, tensors }
}

export function unpackModel(parameters: readonly Parameter[], { weights, statistics }: PackedModel, prefix = ''): NamedTensors {
  return { ...unpackParameters(parameters, weights, prefix), ...unpackParameters(encoderStatistics, statistics, prefix) }
}

function packModel(parameters: readonly Parameter[], tensors: NamedTensors, prefix: string): PackedModel {
  return { weights: packParameters(parameters, tensors, prefix), statistics: packParameters(encoderStatistics, tensors, prefix) }
}
