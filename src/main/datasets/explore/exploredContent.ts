import { specificityScores } from '../../../shared/stats/specificity.ts'
import { readContent, type StoredCellType, type StoredContent } from '../../db/datasetContent.ts'
import { readDatasetSummary } from '../../db/datasets.ts'
import type { ReadableDatabase } from '../../db/database.ts'

/** Where nearly all of the values of a cell type lie, so that a few extreme ones do not squeeze the others in a chart. */
export interface Spread {
  readonly low: number
  readonly high: number
}

export interface ExploredCellType extends StoredCellType {
  /** Of each replicate only what has barcodes enough: what the mean is made of. */
  readonly counted: readonly Float32Array[]
  /** Mean barcodes a replicate [elements], NaN where not known; null where none are counted. */
  readonly meanBarcodes: Float64Array | null
  /** Element specificity scores [elements] by the statistics of the whole dataset, NaN where not defined. */
  readonly specificity: Float64Array
  readonly spread: Spread
  readonly replicateSpread: Spread
}

/** A dataset with everything that filters, charts and the element browser ask for, ready on typed arrays. */
export interface ExploredContent extends StoredContent {
  readonly cellTypes: readonly ExploredCellType[]
  /** In lower case, to be searched. */
  readonly searchNames: readonly string[]
  /** In upper case with T for U, to be searched. */
  readonly searchSequences: readonly string[]
  readonly lengths: Int32Array
  /** Share of G and C among A, C, G and T, NaN where there is none of them. */
  readonly gc: Float64Array
  /** Mean barcodes a replicate over all cell types, NaN where not known. */
  readonly barcodes: Float64Array
  readonly minimumBarcodes: number
}

/** Reads a dataset and makes it ready. @throws WorkbenchError `not-found` */
export function exploreContent(database: ReadableDatabase, dataset: number): ExploredContent {
  const { minimumBarcodes } = readDatasetSummary(database, dataset)
  const stored = readContent(database, dataset)
  const searchSequences = stored.sequences.map((sequence) => searchable(sequence))
  const specificity = specificityScores(stored.cellTypes.map(({ activities }) => activities))
  return {
    ...stored,
    minimumBarcodes,
    searchNames: stored.names.map((name) => name.toLowerCase()),
    searchSequences,
    lengths: Int32Array.from(searchSequences, ({ length }) => length),
    gc: sharesOfGc(searchSequences),
    barcodes:
      meanBarcodes(stored.cellTypes.flatMap(({ replicates }) => replicates)) ?? new Float64Array(stored.names.length).fill(Number.NaN),
    cellTypes: stored.cellTypes.map((cellType, c) => {
      const counted = cellType.replicates.map((replicate) => countedOf(replicate, minimumBarcodes))
      return {
        ...cellType,
        counted,
        meanBarcodes: meanBarcodes(cellType.replicates),
        specificity: specificity[c]!,
        spread: spreadOf([cellType.activities]),
        replicateSpread: spreadOf(counted),
      }
    }),
  }
}

/** A sequence, or what is searched for in it, as all are compared. */
export function searchable(sequence: string): string {
  const upper = sequence.toUpperCase()
  return upper.includes('U') ? upper.replaceAll('U', 'T') : upper
}

const OTHER = 0
const GC = 1
const AT = 2
const kindOfByte = new Uint8Array(256).fill(OTHER)
for (const letter of 'GC') kindOfByte[letter.charCodeAt(0)] = GC
for (const letter of 'AT') kindOfByte[letter.charCodeAt(0)] = AT

/** Of each sequence, in upper case. As bytes, which are read several times as fast as letters. */
function sharesOfGc(sequences: readonly string[]): Float64Array {
  let bytes = Buffer.alloc(1024)
  return Float64Array.from(sequences, (sequence) => {
    if (sequence.length > bytes.length) bytes = Buffer.alloc(2 * sequence.length)
    const length = bytes.write(sequence, 'latin1')
    const counts = [0, 0, 0]
    for (let i = 0; i < length; i++) counts[kindOfByte[bytes[i]!]!]!++
    return counts[GC]! / (counts[GC]! + counts[AT]!)
  })
}

function countedOf({ activities, barcodes }: StoredCellType['replicates'][number], minimum: number): Float32Array {
  if (!barcodes || minimum === 0) return activities
  return activities.map((value, i) => (barcodes[i]! < minimum ? Number.NaN : value))
}

function meanBarcodes(replicates: StoredCellType['replicates']): Float64Array | null {
  const counting = replicates.flatMap(({ barcodes }) => (barcodes ? [barcodes] : []))
  if (counting.length === 0) return null
  return Float64Array.from(counting[0]!, (_, i) => {
    let sum = 0
    let known = 0
    for (const barcodes of counting) {
      if (barcodes[i]! < 0) continue
      sum += barcodes[i]!
      known++
    }
    return sum / known
  })
}

/** One value in a thousand is let lie outside at each end. */
const OUTSIDE = 0.001

function spreadOf(vectors: readonly Float32Array[]): Spread {
  const spread = { low: Infinity, high: -Infinity }
  for (const vector of vectors) {
    // NaN is sorted to the end.
    const sorted = vector.slice().sort()
    let known = sorted.length
    while (known > 0 && Number.isNaN(sorted[known - 1])) known--
    if (known === 0) continue
    const outside = Math.floor(known * OUTSIDE)
    spread.low = Math.min(spread.low, sorted[outside]!)
    spread.high = Math.max(spread.high, sorted[known - 1 - outside]!)
  }
  return spread.low > spread.high ? { low: 0, high: 0 } : spread
}
