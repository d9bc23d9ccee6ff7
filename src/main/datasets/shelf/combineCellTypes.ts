import type { Combination } from '../../../shared/domain/shelf.ts'
import type { StoredCellType, StoredReplicate } from '../../db/datasetContent.ts'
import type { ExploredCellType } from '../explore/exploredContent.ts'
import { uniqueName, type ParentContent } from './matchParents.ts'
import { takeValues } from './takeElements.ts'

/** Names of the cell types that several parents have, with the parents that have them. */
export function sameCellTypes(parents: readonly ParentContent[]): { readonly name: string; readonly parents: string[] }[] {
  const owners = new Map<string, string[]>()
  for (const { name: parent, content } of parents)
    for (const { name } of content.cellTypes) owners.set(name, [...(owners.get(name) ?? []), parent])
  return [...owners].filter(([, names]) => names.length > 1).map(([name, names]) => ({ name, parents: names }))
}

/**
 * The cell types of several datasets over the same elements. What a parent did not measure is left missing. Replicate values
 * below a parent's minimum of barcodes are left behind, since the combination has one minimum for all.
 *
 * @param positions where each element is in each parent, −1 where it is not: [parents][elements]
 */
export function combineCellTypes(
  parents: readonly ParentContent[],
  positions: readonly Int32Array[],
  sameCellType: Combination['sameCellType'],
): StoredCellType[] {
  const clashing = new Set(sameCellTypes(parents).map(({ name }) => name))
  const combined = new Map<string, StoredCellType[]>()
  const taken = new Set(parents.flatMap(({ content }) => content.cellTypes.map(({ name }) => name)))
  for (const [p, parent] of parents.entries()) {
    for (const cellType of parent.content.cellTypes) {
      const apart = clashing.has(cellType.name) && sameCellType === 'apart'
      const name = apart ? uniqueName(cellType.name, parent.name, taken) : cellType.name
      if (apart) taken.add(name)
      const values = takeValues(whatCounts(cellType), positions[p]!)
      const pooled = clashing.has(cellType.name) && !apart
      combined.set(name, [...(combined.get(name) ?? []), pooled ? renameReplicates(values, parent.name) : values])
    }
  }
  return [...combined].map(([name, sources]) => (sources.length === 1 ? { ...sources[0]!, name } : pool(name, sources)))
}

function whatCounts(cellType: ExploredCellType): StoredCellType {
  return {
    name: cellType.name,
    activities: cellType.activities,
    replicates: cellType.replicates.map(({ name, barcodes }, r): StoredReplicate => {
      const activities = cellType.counted[r]!
      return { name, activities, barcodes: barcodes && barcodes.map((count, i) => (Number.isNaN(activities[i]) ? -1 : count)) }
    }),
  }
}

/** Without replicates of its own, a dataset's activity is one. */
function renameReplicates({ name, activities, replicates }: StoredCellType, dataset: string): StoredCellType {
  const own = replicates.length > 0 ? replicates : [{ name: '1', activities, barcodes: null }]
  return { name, activities, replicates: own.map((replicate) => ({ ...replicate, name: `${dataset.slice(0, 80)} ${replicate.name}` })) }
}

const collator = new Intl.Collator('en', { numeric: true })

/** All replicates side by side; an element's activity is the mean over those that measured it. */
function pool(name: string, sources: readonly StoredCellType[]): StoredCellType {
  const countsAll = sources.every(({ replicates }) => replicates.every(({ barcodes }) => barcodes !== null))
  const replicates = sources
    .flatMap((source) => source.replicates)
    // Where one side does not count barcodes, none can be asked for.
    .map((replicate) => (countsAll ? replicate : { ...replicate, barcodes: null }))
    .sort((a, b) => collator.compare(a.name, b.name) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return {
    name,
    replicates,
    activities: Float32Array.from(sources[0]!.activities, (_, i) => {
      let sum = 0
      let measured = 0
      for (const { activities } of replicates) {
        if (Number.isNaN(activities[i])) continue
        sum += activities[i]!
        measured++
      }
      return sum / measured
    }),
  }
}
