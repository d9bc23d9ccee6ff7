import type { Preflight, Scan } from '../../../shared/domain/scan.ts'
import { countOf, formatDuration } from '../../../shared/text/numbers.ts'

/** Seconds below which an earlier scan says more about its start than about its pace. */
const TOLD_FROM = 2

/** Sequences and windows that the models read. */
export function piecesToScore({ scorable, windows, classes }: Pick<Preflight, 'scorable' | 'windows' | 'classes'>): {
  readonly whole: number
  readonly windows: number
} {
  const cut = classes.find(({ kind }) => kind === 'windows')?.count ?? 0
  return { whole: scorable - cut, windows }
}

/**
 * What will be scored, and how long that takes going by the pace of an earlier scan on this machine; without one, only what.
 *
 * @param members of all models together, each of which reads every piece
 */
export function scanEstimate(
  preflight: Pick<Preflight, 'scorable' | 'windows' | 'classes'>,
  members: number,
  earlier: readonly Pick<Scan, 'state' | 'scored' | 'windows' | 'seconds' | 'models'>[],
): string {
  const pieces = piecesToScore(preflight)
  const what = [
    ...(pieces.whole > 0 ? [countOf(pieces.whole, 'whole sequence')] : []),
    ...(pieces.windows > 0 ? [countOf(pieces.windows, 'window')] : []),
  ].join(' and ')
  if (what === '') return ''
  const measured = earlier.find(({ state, seconds }) => state === 'completed' && seconds >= TOLD_FROM)
  const times = members > 1 ? `, each by ${members} models` : ''
  if (!measured) return `${what} to score${times}.`
  const theirs = measured.models.reduce((sum, model) => sum + model.members, 0)
  const rate = (theirs * (measured.windows + measured.scored)) / measured.seconds
  const seconds = (members * (pieces.whole + pieces.windows)) / rate
  return `${what} to score${times}: ${seconds < 1 ? '' : 'about '}${formatDuration(seconds)}, at the pace of the last scan.`
}
