import type { StoredCellType, StoredContent } from '../../db/datasetContent.ts'
import type { LabelColumn } from '../../db/elementLabels.ts'

/**
 * The elements at some positions alone, in that order; their groups are numbered anew from 0 as they come. Cell types and
 * replicates that measured none of them are left out.
 */
export function takeElements(content: StoredContent, positions: Int32Array): StoredContent {
  const numbers = new Map<number, number>()
  return {
    names: Array.from(positions, (i) => content.names[i]!),
    sequences: Array.from(positions, (i) => content.sequences[i]!),
    groups: positions.map((i) => {
      const group = content.groups[i]!
      const number = numbers.get(group) ?? numbers.size
      numbers.set(group, number)
      return number
    }),
    cellTypes: content.cellTypes.map((cellType) => takeValues(cellType, positions)).filter(({ activities }) => hasValue(activities)),
    labels: content.labels.map((labels) => takeLabels(labels, positions)),
  }
}

/** The values at some positions; what is not known where a position is −1. */
export function takeValues({ name, activities, replicates }: StoredCellType, positions: Int32Array): StoredCellType {
  const values = (vector: Float32Array) => Float32Array.from(positions, (i) => (i < 0 ? Number.NaN : vector[i]!))
  return {
    name,
    activities: values(activities),
    replicates: replicates
      .map((replicate) => ({
        name: replicate.name,
        activities: values(replicate.activities),
        barcodes: replicate.barcodes && positions.map((i) => (i < 0 ? -1 : replicate.barcodes![i]!)),
      }))
      .filter((replicate) => hasValue(replicate.activities)),
  }
}

/** Whether the file of a cell type counted barcodes. */
export function countsBarcodes({ replicates }: Pick<StoredCellType, 'replicates'>): boolean {
  return replicates.some(({ barcodes }) => barcodes !== null)
}

function hasValue(vector: Float32Array): boolean {
  return vector.some((value) => !Number.isNaN(value))
}

/** The labels at some positions, those that nobody has any more left out. */
export function takeLabels({ column, values, codes }: LabelColumn, positions: Int32Array): LabelColumn {
  const kept: string[] = []
  const numbers = new Map<number, number>([[-1, -1]])
  return {
    column,
    values: kept,
    codes: positions.map((i) => {
      const code = i < 0 ? -1 : codes[i]!
      const known = numbers.get(code)
      if (known !== undefined) return known
      const number = kept.push(values[code]!) - 1
      numbers.set(code, number)
      return number
    }),
  }
}
