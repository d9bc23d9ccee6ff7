import type { Recipe } from '../../shared/domain/recipe.ts'

const RISING = 0.3
const START_DIVISOR = 25
const END_DIVISOR = 1e4

/**
 * The learning rate of a step (counted from 0) of `steps`. `oneCycle` is torch.optim.lr_scheduler.OneCycleLR with its
 * defaults (cosine, pct_start 0.3, div_factor 25, final_div_factor 1e4; Smith & Topin 2018), except that Adam's first
 * moment is not cycled against it.
 */
export function learningRateAt(step: number, steps: number, { schedule, learningRate }: Pick<Recipe, 'schedule' | 'learningRate'>): number {
  if (schedule === 'constant') return learningRate
  const start = learningRate / START_DIVISOR
  const peakAt = RISING * steps - 1
  const last = steps - 1
  if (step <= peakAt) return cosine(start, learningRate, step / peakAt)
  return cosine(learningRate, start / END_DIVISOR, (step - peakAt) / (last - peakAt))
}

function cosine(from: number, to: number, progress: number): number {
  return to + ((from - to) / 2) * (1 + Math.cos(Math.PI * progress))
}
