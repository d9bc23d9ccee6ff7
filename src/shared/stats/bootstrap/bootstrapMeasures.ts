import type { BootstrapJob } from './bootstrapJob.ts'
import { bootstrapMoments } from './bootstrapMoments.ts'
import { bootstrapSpearman } from './bootstrapSpearman.ts'

/** Members that are resampled at once: what is made of each takes a megabyte, and there may be thousands. */
const MEMBERS = 64

/**
 * A measure of every member in every resample of the groups (Efron & Tibshirani 1993; by whole groups, since rows of a group are not
 * independent): to 1e-9 what `measure` gives of the rows of the groups drawn, each as often as it is drawn.
 *
 * @param told how many more resamples are done, of many members a share of one
 * @returns [members, cell types and all of them together, resamples], NaN where the measure is not defined
 */
export function bootstrapMeasures(job: BootstrapJob, told: (resamples: number) => void = () => {}): Float64Array {
  const { predictions, cellTypes, from, to } = job
  if (predictions.length <= MEMBERS) return bootstrapFew(job, told)
  const found = new Float64Array(predictions.length * (cellTypes + 1) * (to - from))
  for (let first = 0; first < predictions.length; first += MEMBERS) {
    const few = predictions.slice(first, first + MEMBERS)
    const share = few.length / predictions.length
    const ofFew = bootstrapFew({ ...job, predictions: few }, (resamples) => told(share * resamples))
    found.set(ofFew, first * (cellTypes + 1) * (to - from))
  }
  return found
}

function bootstrapFew(job: BootstrapJob, told: (resamples: number) => void): Float64Array {
  return job.measure === 'spearman' ? bootstrapSpearman(job, told) : bootstrapMoments(job, job.measure, told)
}
