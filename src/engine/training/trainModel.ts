import type { Model, TrainingJob, TrainingProgress, TrainingResult } from '../../shared/contract/engine.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Backend } from '../backends/backend.ts'
import type { ModelState } from '../scoring/scorer.ts'
import type { ScorerCache } from '../scoring/scorerCache.ts'
import { tf } from '../tfjs.ts'
import { takeTurns } from '../turns.ts'
import { variantDefinitions } from '../variants/definitions.ts'
import { parameterCount } from '../variants/parameters.ts'
import { batchesPerEpoch, epochBatches } from './epochBatches.ts'
import { learningRateAt } from './learningRate.ts'
import {
  freshStanding,
  fromCheckpoint,
  toCheckpoint,
  unpackModel,
  type PackedModel,
  type PackedState,
  type Standing,
} from './packedState.ts'
import { Rate } from './rate.ts'
import { Trainer } from './trainer.ts'
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
  const parameters = variantDefinitions[variant].parameters(cellTypes)
  const scorer = scorers.get({ variant, cellTypes, length, ambiguousBases: recipe.ambiguousBases, strands: recipe.strands })
  const turn = takeTurns(signal)
  const stepsPerEpoch = batchesPerEpoch(data, recipe.batchSize)
  const steps = stepsPerEpoch * recipe.epochs
  let standing = job.resume ? fromCheckpoint(parameters, job.resume) : freshStanding(parameters, seed)
  const trainer = new Trainer(backend, job, standing.state)
  const predict = (model: ModelState, elements: Int32Array) =>
    scorer.score(model, (row) => data.codesOf(elements[row]!), elements.length, turn)

  progress({
    kind: 'started',
    engine: `${backend.name} on ${backend.device}`,
    parameters: parameterCount(parameters),
    versions: { ...backend.versions },
  })
  try {
    const rate = new Rate(steps - trainer.stepsTaken)
    for (let epoch = standing.epoch + 1; epoch <= recipe.epochs && !isOutOfPatience(standing, recipe.patience); epoch++) {
      const began = performance.now()
      let squares = 0
      let rows = 0
      let learningRate = 0
      for (const batch of epochBatches(data, epoch, { ...recipe, seed })) {
        await turn()
        learningRate = learningRateAt(trainer.stepsTaken, steps, recipe)
        const loss = trainer.step(batch, learningRate)
        if (!Number.isFinite(loss)) throw divergedError(epoch, recipe.learningRate)
        squares += loss * batch.rows
        rows += batch.rows
        if (rate.count(batch.rows))
          progress({ kind: 'step', epoch, step: trainer.stepsTaken - (epoch - 1) * stepsPerEpoch, steps: stepsPerEpoch, ...rate.now() })
      }
      const trained = performance.now()
      const validation = validate(data, job.validation, await predict(trainer.model, job.validation))
      standing = after(standing, trainer.read(), epoch, validation.pearson)
      // The last step of an epoch has no later loss that would tell.
      if (!standing.state.weights.every(Number.isFinite) || !Number.isFinite(validation.loss ?? 0))
        throw divergedError(epoch, recipe.learningRate)
      progress({
        kind: 'epoch',
        epoch: {
          epoch,
          trainLoss: squares / rows,
          validationLoss: validation.loss,
          validationPearson: validation.pearson,
          learningRate,
          seconds: (performance.now() - began) / 1000,
        },
        rowsPerSecond: (rows / (trained - began)) * 1000,
        checkpoint: toCheckpoint(parameters, standing, recipe.weights === 'best'),
      })
    }
  } finally {
    trainer.dispose()
  }

  const chosen: PackedModel = recipe.weights === 'best' ? standing.best : standing.state
  const state = { weights: tf.tensor1d(chosen.weights), statistics: tf.tensor1d(chosen.statistics) }
  try {
    const predictions = { validation: await predict(state, job.validation), test: await predict(state, job.test) }
    const model: Model = {
      variant,
      length,
      cellTypes,
      ambiguousBases: recipe.ambiguousBases,
      strands: recipe.strands,
      tensors: unpackModel(parameters, chosen),
    }
    return { model, epochs: standing.epoch, epochOfWeights: recipe.weights === 'best' ? standing.bestEpoch : standing.epoch, predictions }
  } finally {
    tf.dispose([state.weights, state.statistics])
  }
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
