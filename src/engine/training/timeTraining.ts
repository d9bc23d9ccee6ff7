import type { TimedTraining, TrainingJob, TrainingToTime } from '../../shared/contract/engine.ts'
import { random } from '../../shared/stats/random.ts'
import type { Backend } from '../backends/backend.ts'
import { OutOfMemory } from '../backends/machineFaults.ts'
import type { ScorerCache } from '../scoring/scorerCache.ts'
import { takeTurns } from '../turns.ts'
import { epochBatches } from './epochBatches.ts'
import { learnedParameters } from './learnedParameters.ts'
import { freshStanding, type Standing } from './packedState.ts'
import { Predictor } from './predictor.ts'
import { Trainer } from './trainer.ts'
import { trainingData, type TrainingData } from './trainingData.ts'

const TRAINING_MILLISECONDS = 700
const SCORING_MILLISECONDS = 300
/** The first step compiles, the second is still slow in TensorFlow. */
const WARM_UP = 2
const BATCHES = 4
const SMALLEST_BATCH = 2

export interface TimingContext {
  readonly backend: Backend
  readonly scorers: ScorerCache
  readonly signal: AbortSignal
}

/**
 * Trains on random sequences for a second, by the very code that trains a run, and tells how long it took. Nothing is kept of
 * it but the compiled scorer. Throws `cancelled` after the current step once the signal is aborted.
 */
export async function timeTraining(asked: TrainingToTime, { backend, scorers, signal }: TimingContext): Promise<TimedTraining> {
  const { variant, recipe, length, cellTypes } = asked
  const job = randomJob(asked, Math.max(recipe.batchSize * BATCHES, backend.scoringBatch))
  const data = trainingData(job)
  const standing = freshStanding(learnedParameters(job), job.seed)
  const turn = takeTurns(signal)
  const steps = await timeSteps(backend, job, data, standing, turn)
  const scorer = scorers.get({ variant, cellTypes, length, ambiguousBases: recipe.ambiguousBases, strands: recipe.strands })
  const predictor = new Predictor({ variant, recipe, data, scorer, betweenBatches: turn })
  const predict = () => predictor.predict(standing.state, job.train.subarray(0, backend.scoringBatch), null)
  const compiling = performance.now()
  await predict()
  const began = performance.now()
  let scored = 0
  do {
    await predict()
    scored += Math.min(backend.scoringBatch, job.train.length)
  } while (performance.now() - began < SCORING_MILLISECONDS)
  return {
    engine: `${backend.name} on ${backend.device}`,
    batchSize: steps.batchSize,
    secondsAStep: steps.secondsAStep,
    secondsASequenceScored: (performance.now() - began) / 1000 / scored,
    secondsToStart: steps.secondsToStart + (began - compiling) / 1000,
  }
}

interface TimedSteps {
  readonly batchSize: number
  readonly secondsAStep: number
  /** What the first steps took beyond what steps take. */
  readonly secondsToStart: number
}

/** With batches halved, as a run's would be, where they are too large. */
async function timeSteps(
  backend: Backend,
  job: TrainingJob,
  data: TrainingData,
  { state }: Standing,
  turn: () => Promise<void>,
): Promise<TimedSteps> {
  const { recipe, seed } = job
  const { largestBatch = recipe.batchSize } = backend
  let { batchSize } = recipe
  while (batchSize > largestBatch) batchSize = Math.floor(batchSize / 2)
  for (;;) {
    const trainer = new Trainer(backend, job, state)
    const first = performance.now()
    let [began, steps] = [first, 0]
    try {
      for (let epoch = 1; ; epoch++)
        for (const batch of epochBatches(data, epoch, { ...recipe, seed, batchSize })) {
          await turn()
          await trainer.step(batch, recipe.learningRate)
          const now = performance.now()
          if (++steps === WARM_UP) began = now
          else if (steps > WARM_UP && now - began >= TRAINING_MILLISECONDS) {
            const secondsAStep = (now - began) / 1000 / (steps - WARM_UP)
            return { batchSize, secondsAStep, secondsToStart: Math.max(0, (began - first) / 1000 - WARM_UP * secondsAStep) }
          }
        }
    } catch (fault) {
      const half = Math.floor(batchSize / 2)
      if (!(fault instanceof OutOfMemory) || half < SMALLEST_BATCH) throw fault
      batchSize = half
    } finally {
      trainer.dispose()
    }
  }
}

/** Sequences that nothing can be learnt from; what they are changes no time. */
function randomJob({ variant, recipe, length, cellTypes }: TrainingToTime, elements: number): TrainingJob {
  const source = random(1)
  const indices = Int32Array.from({ length: elements - (elements % recipe.batchSize) || elements }, (_, i) => i)
  return {
    variant,
    // A rate of nothing at all, so that no number runs away within the second.
    recipe: { ...recipe, learningRate: Number.MIN_VALUE },
    seed: 1,
    length,
    cellTypes,
    bases: Uint8Array.from({ length: elements * length }, () => 1 << source.integer(4)),
    activities: Float32Array.from({ length: elements * cellTypes }, source.normal),
    train: indices,
    validation: new Int32Array(0),
    test: new Int32Array(0),
    resume: null,
  }
}
