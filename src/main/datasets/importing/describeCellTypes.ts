import { noiseCeiling } from '../../../shared/stats/noiseCeiling.ts'
import type { AssembledCellType } from '../assembledCellType.ts'
import type { Breathe } from '../breathe.ts'
import { barcodesAt, type CellTypeActivities } from './averageReplicates.ts'
import type { Selection } from './selectElements.ts'

/** The cell types of a selection, their vectors in the order of its elements. */
export async function describeCellTypes(selection: Selection, breathe: Breathe): Promise<AssembledCellType[]> {
  const described: AssembledCellType[] = []
  for (const cellType of selection.cellTypes) {
    described.push(describeCellType(cellType, selection))
    await breathe()
  }
  return described
}

function describeCellType(cellType: CellTypeActivities, { elements, minimumBarcodes }: Selection): AssembledCellType {
  const { settled, kept } = cellType
  const { countsBarcodes } = settled.assay
  const activities = new Float32Array(elements.length)
  for (let i = 0; i < elements.length; i++) activities[i] = kept[elements[i]!]!
  const replicates = settled.replicates.map(({ name }, r) => ({ name, ...gatherReplicate(cellType, r, elements) }))
  const counted = replicates.map(({ activities: values, barcodes }) =>
    countsBarcodes && minimumBarcodes > 0 ? withEnough(values, barcodes, minimumBarcodes) : values,
  )
  return {
    name: settled.name,
    activities,
    replicates: replicates.map((replicate) => (countsBarcodes ? replicate : { ...replicate, barcodes: null })),
    ...meanAndSd(activities),
    ...noiseCeiling(counted),
  }
}

function gatherReplicate({ settled, replicates, means, kept }: CellTypeActivities, r: number, elements: Int32Array) {
  const activities = new Float32Array(elements.length)
  const barcodes = new Int32Array(elements.length).fill(-1)
  const from = replicates[r]!.activities
  const { rows } = settled.replicates[r]!
  for (let i = 0; i < elements.length; i++) {
    const number = elements[i]!
    // An activity that is dropped takes its replicates with it: else it would be back after an export and an import.
    const isDropped = Number.isNaN(kept[number]) && !Number.isNaN(means[number])
    activities[i] = isDropped ? Number.NaN : from[number]!
    // Barcodes belong to a value: where there is none, none are told.
    if (!Number.isNaN(activities[i])) barcodes[i] = barcodesAt(rows.barcodes, number)
  }
  return { activities, barcodes }
}

function withEnough(values: Float32Array, barcodes: Int32Array, minimum: number): Float32Array {
  const counted = values.slice()
  for (let i = 0; i < counted.length; i++) if (barcodes[i]! < minimum) counted[i] = Number.NaN
  return counted
}

/** Mean and sample standard deviation (n − 1) of what was measured. */
function meanAndSd(activities: Float32Array): { measured: number; mean: number | null; sd: number | null } {
  let measured = 0
  let sum = 0
  for (let i = 0; i < activities.length; i++) {
    if (Number.isNaN(activities[i])) continue
    measured++
    sum += activities[i]!
  }
  if (measured === 0) return { measured: 0, mean: null, sd: null }
  const mean = sum / measured
  let squares = 0
  for (let i = 0; i < activities.length; i++) if (!Number.isNaN(activities[i])) squares += (activities[i]! - mean) ** 2
  return { measured, mean, sd: measured > 1 ? Math.sqrt(squares / (measured - 1)) : null }
}
