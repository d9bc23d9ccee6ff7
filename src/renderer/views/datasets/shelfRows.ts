import type { DatasetSummary } from '../../../shared/domain/dataset.ts'

export type ShelfColumn = 'name' | 'elements' | 'rows' | 'cellTypes' | 'createdAt'

/** Which datasets of the shelf are shown, and in which order. */
export interface ShelfQuery {
  /** Part of a name, a tag, a cell type or the notes, letters of either case. */
  readonly search: string
  readonly tag: string | null
  readonly starred: boolean
  readonly sort: { readonly by: string; readonly descending: boolean } | null
}

/** The rows of the shelf: starred ones first where nothing else is asked for, then the newest. */
export function shelfRows(datasets: readonly DatasetSummary[], { search, tag, starred, sort }: ShelfQuery): DatasetSummary[] {
  const wanted = search.trim().toLowerCase()
  const holds = (dataset: DatasetSummary) =>
    [dataset.name, dataset.notes, ...dataset.tags, ...dataset.cellTypes.map(({ name }) => name)].some((text) =>
      text.toLowerCase().includes(wanted),
    )
  const kept = datasets.filter(
    (dataset) => (!starred || dataset.starred) && (tag === null || dataset.tags.includes(tag)) && (wanted === '' || holds(dataset)),
  )
  if (!sort) return kept.sort((a, b) => Number(b.starred) - Number(a.starred) || b.id - a.id)
  const sign = sort.descending ? -1 : 1
  return kept.sort((a, b) => sign * compare(a, b, sort.by as ShelfColumn) || b.id - a.id)
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function compare(a: DatasetSummary, b: DatasetSummary, by: ShelfColumn): number {
  switch (by) {
    case 'name':
      return collator.compare(a.name, b.name)
    case 'cellTypes':
      return a.cellTypes.length - b.cellTypes.length
    case 'createdAt':
      return a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0
    case 'elements':
    case 'rows':
      return a[by] - b[by]
  }
}
