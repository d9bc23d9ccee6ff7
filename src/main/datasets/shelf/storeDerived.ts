import type { Adapters, ImportNote } from '../../../shared/domain/dataset.ts'
import type { Origin } from '../../../shared/domain/origin.ts'
import { codesOf } from '../../../shared/dna/bases.ts'
import { noiseCeiling } from '../../../shared/stats/noiseCeiling.ts'
import type { WritableDatabase } from '../../db/database.ts'
import type { StoredCellType } from '../../db/datasetContent.ts'
import { saveOrigin } from '../../db/datasetShelf.ts'
import { insertDataset } from '../../db/datasets.ts'
import { insertLabels, type LabelColumn } from '../../db/elementLabels.ts'
import type { AssembledCellType } from '../assembledCellType.ts'
import type { Breathe } from '../breathe.ts'
import { fingerprint } from '../fingerprint.ts'

/** A dataset that is made from others. Its elements stand in the order of their names, as after an import. */
export interface DerivedContent {
  readonly names: readonly string[]
  readonly sequences: readonly string[]
  readonly groups: Int32Array
  readonly cellTypes: readonly StoredCellType[]
  readonly labels: readonly LabelColumn[]
  readonly minimumBarcodes: number
  readonly adapters: Adapters
  readonly notes: readonly ImportNote[]
}

export interface DerivedDataset extends DerivedContent {
  readonly name: string
  readonly simulated: boolean
  readonly createdAt: string
  readonly origin: Origin
}

const nobody = { count: 0, first: [] }

/** Stores a dataset that was made from others, whole or not at all, with what it was made from. @returns its id */
export async function storeDerived(database: WritableDatabase, derived: DerivedDataset, breathe: Breathe): Promise<number> {
  const elements = derived.names.map((name, i) => ({ name, sequence: derived.sequences[i]!, group: derived.groups[i]! }))
  const cellTypes: AssembledCellType[] = []
  for (const cellType of derived.cellTypes) {
    await breathe()
    cellTypes.push(assembledCellType(cellType, derived.minimumBarcodes))
  }
  const coded = elements.map(({ name, sequence }) => ({ name, codes: codesOf(sequence) }))
  const content = { minimumBarcodes: derived.minimumBarcodes, elements: coded, cellTypes }
  const mark = await fingerprint(content, breathe)
  return database.transaction(() => {
    const id = insertDataset(database, {
      name: derived.name,
      createdAt: derived.createdAt,
      simulated: derived.simulated,
      fingerprint: mark,
      rows: cellTypes.reduce((sum, { measured }) => sum + measured, 0),
      length: derived.sequences.reduce((longest, sequence) => Math.max(longest, sequence.length), 0),
      minimumBarcodes: derived.minimumBarcodes,
      adapters: derived.adapters,
      report: {
        files: [],
        unmatched: { sequences: nobody, activities: nobody, activitiesByCellType: {} },
        belowMinimumBarcodes: 0,
        notes: [...derived.notes],
      },
      elements,
      cellTypes,
      unmatched: { sequences: [], activities: new Map() },
    })
    insertLabels(database, id, derived.labels)
    saveOrigin(database, id, derived.origin)
    return id
  })
}

function assembledCellType({ name, activities, replicates }: StoredCellType, minimumBarcodes: number): AssembledCellType {
  const measured = activities.filter((value) => !Number.isNaN(value))
  const mean = measured.length > 0 ? measured.reduce((sum, value) => sum + value, 0) / measured.length : null
  const squares = mean === null ? 0 : measured.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const counted = replicates.map(({ activities: values, barcodes }) =>
    barcodes && minimumBarcodes > 0 ? values.map((value, i) => (barcodes[i]! < minimumBarcodes ? Number.NaN : value)) : values,
  )
  return {
    name,
    activities,
    replicates,
    measured: measured.length,
    mean,
    sd: measured.length > 1 ? Math.sqrt(squares / (measured.length - 1)) : null,
    ...noiseCeiling(counted),
  }
}
