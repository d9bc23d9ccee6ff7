import { describe, expect, it } from 'vitest'
import { purgeWords } from '../../../../../src/renderer/views/datasets/purgeWords.ts'
import { shelfRows, type ShelfQuery } from '../../../../../src/renderer/views/datasets/shelfRows.ts'
import type { DatasetSummary } from '../../../../../src/shared/domain/dataset.ts'

const cellType = (name: string) => ({ name, measured: 1, replicates: 1, mean: 0, sd: 0, replicateR: null, ceiling: null })
const dataset = (id: number, more: Partial<DatasetSummary> = {}): DatasetSummary => ({
  id,
  name: `dataset ${id}`,
  createdAt: `2026-01-0${id}T00:00:00.000Z`,
  simulated: false,
  elements: 10 * id,
  rows: 100 - id,
  length: 230,
  cellTypes: [cellType('HepG2')],
  minimumBarcodes: 0,
  fingerprint: String(id),
  unmatched: { sequences: 0, activities: 0 },
  notes: '',
  tags: [],
  starred: false,
  binnedAt: null,
  ...more,
})
const all = [
  dataset(1, { starred: true, notes: 'From the pilot' }),
  dataset(2, { tags: ['pilot'], cellTypes: [cellType('K562'), cellType('WTC11')] }),
  dataset(3, { name: 'dataset 10' }),
]
const ids = (query: Partial<ShelfQuery>) =>
  shelfRows(all, { search: '', tag: null, starred: false, sort: null, ...query }).map(({ id }) => id)

describe('the rows of the shelf', () => {
  it('come starred first, then newest', () => expect(ids({})).toEqual([1, 3, 2]))
  it('are found by name, tag, cell type and note', () => {
    expect(ids({ search: 'PILOT' })).toEqual([1, 2])
    expect(ids({ search: 'wtc' })).toEqual([2])
    expect(ids({ tag: 'pilot' })).toEqual([2])
    expect(ids({ starred: true })).toEqual([1])
    expect(ids({ search: 'zebra' })).toEqual([])
  })
  it('are sorted by any column, numbers in names as numbers', () => {
    expect(ids({ sort: { by: 'name', descending: false } })).toEqual([1, 2, 3])
    expect(ids({ sort: { by: 'elements', descending: true } })).toEqual([3, 2, 1])
    expect(ids({ sort: { by: 'rows', descending: false } })).toEqual([3, 2, 1])
    expect(ids({ sort: { by: 'cellTypes', descending: true } })[0]).toBe(2)
    expect(ids({ sort: { by: 'createdAt', descending: false } })).toEqual([1, 2, 3])
  })
})

describe('the words before a dataset is deleted for good', () => {
  it('say what it frees, and what stays', () => {
    const words = purgeWords('Pilot', { runs: [], splits: 2, derived: [{ id: 3, name: 'Both' }], bytes: 20_700_000 })
    expect(words).toEqual({
      title: 'Delete Pilot for good?',
      possible: true,
      sentences: [
        'This frees 20.7 MB in the workspace and cannot be undone. Your own files are not touched.',
        '2 splits go with it.',
        'Both was made from it, and stays whole.',
      ],
    })
  })
  it('say plainly that runs keep it', () => {
    const words = purgeWords('Pilot', {
      runs: [
        { state: 'completed', count: 3 },
        { state: 'failed', count: 1 },
      ],
      splits: 1,
      derived: [],
      bytes: 1,
    })
    expect(words.possible).toBe(false)
    expect(words.sentences[0]).toMatch(/^4 runs were trained on it.* It can be deleted once no run needs it; the runs stay for now/)
  })
})
