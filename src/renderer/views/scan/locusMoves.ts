import { formatCount } from '../../../shared/text/numbers.ts'

/** What is in sight of a sequence: bases from 0, the end not among them. */
export interface LocusStretch {
  readonly from: number
  readonly to: number
}

/** Bases that are in sight at least. */
export const CLOSEST = 30

/** A stretch of whole bases within a sequence, no shorter than {@link CLOSEST} where the sequence is not. */
export function within({ from, to }: LocusStretch, length: number): LocusStretch {
  const bases = Math.min(length, Math.max(Math.round(to - from), Math.min(CLOSEST, length)))
  const start = Math.round(Math.min(Math.max(0, from), length - bases))
  return { from: start, to: start + bases }
}

/** Moved by so many bases, to the right where positive. */
export function moved({ from, to }: LocusStretch, bases: number, length: number): LocusStretch {
  return within({ from: from + bases, to: to + bases }, length)
}

/** `times` as long, with the base `around` where it is in sight. */
export function zoomed({ from, to }: LocusStretch, times: number, length: number, around = (from + to) / 2): LocusStretch {
  const bases = Math.min(length, Math.max(Math.min(CLOSEST, length), (to - from) * times))
  const start = around - ((around - from) / (to - from)) * bases
  return within({ from: start, to: start + bases }, length)
}

/** A stretch in the middle of the view, with as much again on either side. */
export function around({ from, to }: LocusStretch, length: number): LocusStretch {
  const room = Math.max(to - from, CLOSEST)
  return within({ from: from - room, to: to + room }, length)
}

/** What is loaded for a view, so that it can be moved at once: half of it again on either side. */
export function loadedFor({ from, to }: LocusStretch, length: number): LocusStretch {
  const room = Math.ceil((to - from) / 2)
  return { from: Math.max(0, from - room), to: Math.min(length, to + room) }
}

/** A stretch as people count, from 1, both ends in it: `1,201–1,430`. */
export function stretchInWords({ from, to }: LocusStretch): string {
  return `${formatCount(from + 1)}–${formatCount(to)}`
}
