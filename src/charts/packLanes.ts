/** A stretch along an axis: the end is not in it. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/**
 * The lane of each stretch, so that none lies over another in its lane: each goes into the first lane that has room, in the
 * order of their starts. Null for those that find none in `most` lanes.
 *
 * @param room between two of a lane
 */
export function packLanes(stretches: readonly Stretch[], most: number, room = 0): (number | null)[] {
  const ends: number[] = []
  const lanes = new Array<number | null>(stretches.length).fill(null)
  const inOrder = [...stretches.keys()].sort((a, b) => stretches[a]!.start - stretches[b]!.start)
  for (const i of inOrder) {
    const { start, end } = stretches[i]!
    let lane = ends.findIndex((last) => last + room <= start)
    if (lane < 0 && ends.length < most) lane = ends.length
    if (lane < 0) continue
    ends[lane] = end
    lanes[i] = lane
  }
  return lanes
}
