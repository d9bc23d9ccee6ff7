import type { Epoch } from '../../../shared/domain/run.ts'

/** A curve with more points, in the order in which they were trained. A run that goes on from an earlier checkpoint writes later epochs anew. */
export function withEpochs(curve: readonly Epoch[], added: readonly Epoch[]): Epoch[] {
  const all = [...curve]
  for (const epoch of added) {
    while (all.length > 0 && all.at(-1)!.epoch >= epoch.epoch) all.pop()
    all.push(epoch)
  }
  return all
}
