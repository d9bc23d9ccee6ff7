import { windowStart, type Windows } from '../../../shared/dna/windows.ts'
import { middleOf, type ScannedRecord, type WindowScores } from '../reading/scannedWindows.ts'

/** Values along a sequence: stretches in ascending order that do not overlap, 0-based, the end not in it. */
export interface TrackPiece {
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly values: Float32Array
}

/**
 * Windows of one column as a track. Windows overlap and the stretches of a track may not, so each window's score stands around its
 * middle, up to half-way to the middles of its neighbours: with a stride of 1 it stands on its middle base. Before the first and
 * behind the last middle it reaches half a stride.
 */
export async function* trackOf(
  { length, windows }: Pick<ScannedRecord, 'length' | 'windows'>,
  layout: Windows,
  pieces: AsyncIterable<WindowScores> | Iterable<WindowScores>,
  column: number,
  columns: number,
): AsyncGenerator<TrackPiece> {
  /** Where the stretch of a window begins; of the one after the last: where the last ends. */
  const border = (window: number) => {
    if (window === 0) return Math.max(0, middleOf(0, layout) - Math.floor(layout.stride / 2))
    const before = middleOf(windowStart(window - 1, length, layout), layout)
    if (window === windows) return Math.min(length, before + Math.max(1, Math.ceil(layout.stride / 2)))
    return Math.ceil((before + middleOf(windowStart(window, length, layout), layout)) / 2)
  }
  for await (const { first, scores } of pieces) {
    const count = scores.length / columns
    const [starts, ends, values] = [new Int32Array(count), new Int32Array(count), new Float32Array(count)]
    for (let i = 0; i < count; i++) {
      starts[i] = i === 0 ? border(first) : ends[i - 1]!
      ends[i] = border(first + i + 1)
      values[i] = scores[i * columns + column]!
    }
    yield { starts, ends, values }
  }
}
