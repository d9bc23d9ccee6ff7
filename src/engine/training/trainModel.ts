import type { Model, TrainingJob, TrainingProgress, TrainingResult } from '../../shared/contract/engine.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Backend } from '../backends/backend.ts'
import { calibrationTensors } from '../scoring/calibration.ts'
import type { ScorerCache } from '../scoring/scorerCache.ts'
import { takeTurns } from '../turns.ts'
import { parameterCount } from '../variants/parameters.ts'
import { EpochTrainer, halvedMessage } from './epochTrainer.ts'
import { learnedParameters } from './learnedParameters.ts'
import {
  freshStanding,
  fromCheckpoint,
  toCheckpoint,
  unpackModel,
  type PackedModel,
  type PackedState,
  type Standing,
} from './packedState.ts'
import { Predictor } from './predictor.ts'
import { trainingData } from './trainingData.ts'
import { validate } from './validate.ts'

export interface TrainingContext {
  readonly backend: Backend
  readonly scorers: ScorerCache
  readonly signal: AbortSignal
  readonly progress: (value: TrainingProgress) => void
}

/**
 * Trains a variant as its recipe says, from the start or from a checkpoint, and predicts the validation and test parts.
 * The same job on the same engine and machine gives the same bytes, interrupted or not. `recipe.adapters` is the core's
 * to apply. Throws `cancelled` after the current step once the signal is aborted.
 */
export async function trainModel(job: TrainingJob, { backend, scorers, signal, progress }: TrainingContext): Promise<TrainingResult> {
  const { variant, recipe, seed, length, cellTypes } = job
  const data = trainingData(job)
  const parameters = learnedParameters(job)
  const scorer = scorers.get({ variant, cellTypes, length, ambiguousBases: recipe.ambiguousBases, strands: recipe.strands })
  const turn = takeTurns(signal)
  let standing = job.resume ? fromCheckpoint(parameters, job.resume) : freshStanding(parameters, seed)
  const diverged = (epoch: number) => divergedError(epoch, recipe.learningRate)
  const epochs = new EpochTrainer({ backend, job, data, turn, progress, diverged }, standing.state, standing.epoch)
  const predictor = new Predictor({ variant, recipe, data, scorer, betweenBatches: turn })

  progress({
    kind: 'started',
    engine: `${backend.name} on ${backend.device}`,
    parameters: parameterCount(parameters),
    versions: { ...backend.versions },
  })
  // Of a resumed run it was told before; it belongs with these results, too.
  if (epochs.halved) progress({ kind: 'note', message: halvedMessage(recipe.batchSize, epochs.halved) })
  try {
    for (let epoch = standing.epoch + 1; epoch <= recipe.epochs && !isOutOfPatience(standing, recipe.patience); epoch++) {
      const began = performance.now()
      const { state, trainLoss, learningRate, rowsPerSecond } = await epochs.train(epoch, standing.state)
      const predictions = await predictor.predict(state, job.validation, await predictor.calibrate(state))
      const rawVariances = await predictor.predictRawVariances(state, job.validation)
      const validation = validate(data, job.validation, { predictions, rawVariances }, recipe)
      standing = after(standing, state, epoch, validation.pearson)
      // The last step of an epoch has no later loss that would tell.
      if (!standing.state.weights.every(Number.isFinite) || !Number.isFinite(validation.loss ?? 0)) throw diverged(epoch)
      progress({
        kind: 'epoch',
        epoch: {
          epoch,
          trainLoss,
          validationLoss: validation.loss,
          validationPearson: validation.pearson,
          cellTypePearsons: validation.cellTypePearsons,
          learningRate,
          seconds: (performance.now() - began) / 1000,
        },
        rowsPerSecond,
        checkpoint: { ...toCheckpoint(parameters, standing, recipe.weights === 'best'), ...(epochs.halved && { halved: epochs.halved }) },
      })
    }
  } finally {
    epochs.dispose()
  }

  const chosen: PackedModel = recipe.weights === 'best' ? standing.best : standing.state
  const calibration = await predictor.calibrate(chosen)
  const model: Model = {
    variant,
    length,
    cellTypes,
    ambiguousBases: recipe.ambiguousBases,
    strands: recipe.strands,
    tensors: { ...unpackModel(parameters, chosen), ...(calibration && calibrationTensors(calibration)) },
  }
  const predictions = {
    validation: await predictor.predict(chosen, job.validation, calibration),
    test: await predictor.predict(chosen, job.test, calibration),
  }
  return { model, epochs: standing.epoch, epochOfWeights: recipe.weights === 'best' ? standing.bestEpoch : standing.epoch, predictions }
}

/** Where no Pearson was ever defined, the last epoch counts as the best. */
function after(before: Standing, state: PackedState, epoch: number, pearson: number | null): Standing {
  const isBest = before.bestPearson === null || (pearson !== null && pearson > before.bestPearson)
  if (!isBest) return { ...before, state, epoch }
  return { state, best: state, epoch, bestEpoch: epoch, bestPearson: pearson }
}

function isOutOfPatience({ epoch, bestEpoch }: Standing, patience: number): boolean {
  return patience > 0 && epoch - bestEpoch >= patience
}

function divergedError(epoch: number, learningRate: number): WorkbenchError {
  return new WorkbenchError('invalid-input', `Training went astray in epoch ${epoch}: the error grew until it was no number any more.`, {
    hint: `The learning rate of ${learningRate} is probably too high for these data. Try a tenth of it, and look for extreme activity values.`,
  })
}
