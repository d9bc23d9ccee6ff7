import type { Recipe } from '../../../shared/domain/recipe.ts'
import type { Split } from '../../../shared/domain/split.ts'
import type { Variant } from '../../../shared/domain/variants.ts'

/** Elements of the training part that are scored after each epoch where the loss leaves the scale free (src/engine/training/predictor.ts). */
const CALIBRATING = 4096

/** What decides how long a sequence takes, and nothing else. */
export interface Configuration {
  readonly variant: Variant
  readonly recipe: Recipe
  /** Bases that the model reads. */
  readonly length: number
  readonly cellTypes: number
  /** Whether another run trains beside it, on the other half of the cores. */
  readonly beside: boolean
}

/** Seconds, as they were measured. */
export interface TrainingRate {
  /** A sequence of the training part in one epoch, and a sequence of which activity is predicted. */
  readonly training: number
  readonly scoring: number
  /** Before the first step. */
  readonly start: number
}

/** One text for all configurations that take the same time. */
export function configurationKey({ variant, recipe, length, cellTypes, beside }: Configuration): string {
  const { batchSize, optimizer, loss, dropout, reverseComplement, shift, strands, ambiguousBases } = recipe
  const cost = [variant, length, cellTypes, batchSize, optimizer, loss, dropout > 0, reverseComplement, shift > 0, strands, ambiguousBases]
  return JSON.stringify([...cost, beside])
}

/** Seconds that a run takes from its start to its result, where no epoch is saved by patience. @param epochs still to be trained */
export function secondsOfRun(rate: TrainingRate, recipe: Recipe, sizes: Split['sizes'], epochs: number = recipe.epochs): number {
  const calibrating = recipe.loss === 'pearson' ? Math.min(CALIBRATING, sizes.train) : 0
  // A variance beside each mean is a second output, scored by itself.
  const validating = sizes.validation * (recipe.loss === 'gaussianNll' ? 2 : 1) + calibrating
  const result = sizes.validation + sizes.test + calibrating
  return rate.start + epochs * (sizes.train * rate.training + validating * rate.scoring) + result * rate.scoring
}

/** A rate as that of a like network: in proportion to the bases that are read. */
export function scaleRate(rate: TrainingRate, from: Pick<Configuration, 'length'>, to: Pick<Configuration, 'length'>): TrainingRate {
  const ratio = to.length / from.length
  return { training: rate.training * ratio, scoring: rate.scoring * ratio, start: rate.start }
}
