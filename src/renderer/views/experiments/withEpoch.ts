import type { Epoch } from '../../../shared/domain/run.ts'

/** A curve with one more point. A run that goes on from an earlier checkpoint writes later epochs anew. */
export function withEpoch(curve: readonly Epoch[], epoch: Epoch): Epoch[] {
  return [...curve.filter((point) => point.epoch < epoch.epoch), epoch]
}
