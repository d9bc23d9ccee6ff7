export type QueueMove = 'first' | 'up' | 'down'

/** Before which run one that waits is put by a move, null for last; undefined where it stands there already. */
export function moveTarget(waiting: readonly number[], id: number, move: QueueMove): number | null | undefined {
  const at = waiting.indexOf(id)
  if (at < 0 || (move === 'down' ? at === waiting.length - 1 : at === 0)) return undefined
  if (move === 'first') return waiting[0]!
  if (move === 'up') return waiting[at - 1]!
  return waiting[at + 2] ?? null
}
