import type { Example, Library } from './library.ts'
import type { Measurements } from './measurements.ts'

/** What one cell type's rows say of each sequence of the library. */
export interface Tabulated {
  readonly cellType: string
  /** Names of the replicates, in natural order. */
  readonly replicates: readonly string[]
  /** log2 activities as in the file, [sequences] a replicate, NaN where absent. */
  readonly activities: readonly Float64Array[]
  /** Barcodes as in the file, [sequences] a replicate, −1 where absent; null where the file counts none. */
  readonly barcodes: readonly Int32Array[] | null
  /** Mean over the replicates with barcodes enough, [sequences], NaN where none is left. */
  readonly means: Float64Array
  /** Numbers of the names without a sequence. */
  readonly unmatched: readonly number[]
  /** Rows of known sequences that were dropped for too few barcodes, and how many sequences lost all of theirs. */
  readonly below: { readonly rows: number; readonly sequences: number; readonly examples: readonly Example[] }
  /** Rows whose activity is missing or infinite. */
  readonly withoutValue: readonly Example[]
  /** Rows that measure the same element in the same replicate once more. */
  readonly repeated: readonly Example[]
}

/**
 * Puts rows in their places, whatever order they come in. Of two rows for the same element and replicate, the one with more
 * barcodes is kept, and with as many, the one with the smaller activity: which one comes first must not matter.
 */
export function tabulate(rows: Measurements, library: Library, minimumBarcodes: number): Tabulated {
  const { file } = rows
  const sequences = library.sequences.length
  const order = [...rows.replicates.keys()].sort((a, b) => inNaturalOrder(rows.replicates[a]!, rows.replicates[b]!))
  const activities = rows.replicates.map(() => new Float64Array(sequences).fill(Number.NaN))
  const barcodes = rows.replicates.map(() => new Int32Array(sequences).fill(-1))
  const unmatched = new Set<number>()
  const withoutValue: Example[] = []
  const repeated: Example[] = []
  const lines = rows.replicates.map(() => new Int32Array(sequences))
  for (let row = 0; row < rows.names.length; row++) {
    const name = rows.names[row]!
    if (!library.isMatched(name)) {
      unmatched.add(name)
      continue
    }
    const example = () => ({ name: library.nameOf(name), file, line: rows.lines[row]! })
    const activity = rows.activities[row]!
    // What is stored is float32, in which 1e39 is infinite.
    if (!Number.isFinite(Math.fround(activity))) {
      withoutValue.push(example())
      continue
    }
    const replicate = rows.replicateOf[row]!
    const counted = Number.isNaN(rows.barcodes[row]) ? -1 : rows.barcodes[row]!
    const before = activities[replicate]![name]!
    if (!Number.isNaN(before)) {
      repeated.push(example())
      const had = barcodes[replicate]![name]!
      if (counted < had || (counted === had && activity >= before)) continue
    }
    activities[replicate]![name] = activity
    barcodes[replicate]![name] = counted
    lines[replicate]![name] = rows.lines[row]!
  }
  const minimum = rows.countsBarcodes ? minimumBarcodes : 0
  const { means, below } = averageEnough(order, activities, barcodes, minimum, (replicate, sequence) => ({
    name: library.nameOf(sequence),
    file,
    line: lines[replicate]![sequence]!,
  }))
  return {
    cellType: rows.cellType,
    replicates: order.map((replicate) => rows.replicates[replicate]!),
    activities: order.map((replicate) => activities[replicate]!),
    barcodes: rows.countsBarcodes ? order.map((replicate) => barcodes[replicate]!) : null,
    means,
    unmatched: [...unmatched],
    below,
    withoutValue: inLineOrder(withoutValue),
    repeated: inLineOrder(repeated),
  }
}

function averageEnough(
  order: readonly number[],
  activities: readonly Float64Array[],
  barcodes: readonly Int32Array[],
  minimum: number,
  place: (replicate: number, sequence: number) => Example,
): Pick<Tabulated, 'means' | 'below'> {
  const means = new Float64Array(activities[0]?.length ?? 0).fill(Number.NaN)
  const below = { rows: 0, sequences: 0, examples: [] as Example[] }
  for (let sequence = 0; sequence < means.length; sequence++) {
    let sum = 0
    let kept = 0
    let dropped = 0
    for (const replicate of order) {
      const activity = activities[replicate]![sequence]!
      if (Number.isNaN(activity)) continue
      if (minimum > 0 && barcodes[replicate]![sequence]! < minimum) {
        dropped++
        if (below.examples.length < 100) below.examples.push(place(replicate, sequence))
        continue
      }
      sum += activity
      kept++
    }
    if (kept > 0) means[sequence] = sum / kept
    else if (dropped > 0) below.sequences++
    below.rows += dropped
  }
  return { means, below }
}

const collator = new Intl.Collator('en', { numeric: true })
function inNaturalOrder(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
}

function inLineOrder(examples: Example[]): Example[] {
  return examples.sort((a, b) => a.line - b.line)
}
