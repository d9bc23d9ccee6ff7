import type { ElementSort } from '../../../shared/domain/explore.ts'
import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { ExploredContent } from './exploredContent.ts'

/**
 * The positions in the order that is asked for. What is not known stands last whichever way it goes; what is equal stays in the
 * dataset's order.
 *
 * @throws WorkbenchError where the dataset has no such cell type
 */
export function sortElements(content: ExploredContent, positions: Int32Array, sort: ElementSort | null): Int32Array {
  if (!sort) return positions
  const sign = sort.descending ? -1 : 1
  if (sort.by === 'name') {
    const { names } = content
    // By code units, as everywhere.
    return positions.slice().sort((a, b) => (names[a]! < names[b]! ? -sign : names[a]! > names[b]! ? sign : a - b))
  }
  const keys = keysOf(content, sort)
  const known = positions.filter((i) => !Number.isNaN(keys[i]))
  const unknown = positions.filter((i) => Number.isNaN(keys[i]))
  known.sort((a, b) => sign * (keys[a]! - keys[b]!) || a - b)
  const sorted = new Int32Array(positions.length)
  sorted.set(known)
  sorted.set(unknown, known.length)
  return sorted
}

/** The positions of the `count` highest values, the highest first; of equal ones that which comes first. NaN is none. */
export function highest(values: ArrayLike<number>, positions: Int32Array, count: number): number[] {
  const best: number[] = []
  for (const i of positions) {
    const value = values[i]!
    if (Number.isNaN(value) || (best.length === count && value <= values[best[count - 1]!]!)) continue
    let at = best.length
    while (at > 0 && value > values[best[at - 1]!]!) at--
    best.splice(at, 0, i)
    if (best.length > count) best.pop()
  }
  return best
}

function keysOf(content: ExploredContent, { by, cellType: named }: ElementSort): ArrayLike<number> {
  if (by === 'length') return content.lengths
  if (by === 'gc') return content.gc
  if (by === 'barcodes') return content.barcodes
  const cellType = content.cellTypes.find(({ name }) => name === named)
  if (!cellType)
    throw new WorkbenchError('invalid-input', `This dataset has no cell type ${named ?? ''}.`, { hint: 'Sort by another column.' })
  return by === 'activity' ? cellType.activities : cellType.specificity
}
