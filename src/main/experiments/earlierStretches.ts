import { isDeepStrictEqual } from 'node:util'
import type { Stretch } from '../../shared/domain/model.ts'
import type { RunDetail } from '../../shared/domain/run.ts'

/**
 * What trained the epochs that a run starts from, as far as it is not what trains it now.
 *
 * @param before the run as its last start left it, with the epochs that are kept of it
 * @param now what trains it from here on
 */
export function earlierStretches(
  { engine, versions, provenance, epochs }: Pick<RunDetail, 'engine' | 'versions' | 'provenance' | 'epochs'>,
  now: Omit<Stretch, 'epochs'>,
): Stretch[] {
  if (!provenance || engine === null) return []
  const stretches: Stretch[] = []
  for (const stretch of [...provenance.earlier, { epochs, engine, versions, machine: provenance.machine }]) {
    const from = stretches.at(-1)?.epochs ?? 0
    // A start from an earlier checkpoint trains later epochs anew.
    const to = Math.min(stretch.epochs, epochs)
    if (to > from) stretches.push({ ...stretch, epochs: to })
  }
  const { epochs: _, ...last } = stretches.at(-1) ?? { epochs: 0 }
  return isDeepStrictEqual(last, now) ? stretches.slice(0, -1) : stretches
}
