import type { Facets } from '../../../shared/domain/explore.ts'
import type { LabelColumn } from '../../db/elementLabels.ts'
import type { ExploredContent } from './exploredContent.ts'

const MOST_VALUES = 200

/** What there is to filter a dataset by. */
export function facetsOf({ labels, lengths, gc, cellTypes }: ExploredContent): Facets {
  const known = gc.filter((share) => !Number.isNaN(share))
  return {
    labels: labels.map(countValues),
    length: rangeOf(lengths),
    gc: known.length > 0 ? rangeOf(known) : { from: 0, to: 1 },
    countsBarcodes: cellTypes.some(({ meanBarcodes }) => meanBarcodes !== null),
  }
}

function rangeOf(values: ArrayLike<number>): { from: number; to: number } {
  let [from, to] = [values[0]!, values[0]!]
  for (let i = 1; i < values.length; i++) {
    from = Math.min(from, values[i]!)
    to = Math.max(to, values[i]!)
  }
  return { from, to }
}

/** The commonest values first. */
function countValues({ column, values, codes }: LabelColumn): Facets['labels'][number] {
  const counts = new Int32Array(values.length)
  for (const code of codes) if (code >= 0) counts[code]!++
  const order = [...values.keys()].sort((a, b) => counts[b]! - counts[a]! || (values[a]! < values[b]! ? -1 : 1))
  return {
    column,
    values: order.slice(0, MOST_VALUES).map((i) => ({ value: values[i]!, count: counts[i]! })),
    more: Math.max(0, values.length - MOST_VALUES),
  }
}
