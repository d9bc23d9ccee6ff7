import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { contentOf, testShelf } from './shelfFixtures.ts'

const table = (cellType: string) => fileURLToPath(new URL(`../../../../../../shared/data/lentimpra/${cellType}.tsv.gz`, import.meta.url))
const tables = ['HepG2', 'WTC11'].map((cellType) => ({ cellType, path: table(cellType) }))

// Source and columns: README.md beside the files (Agarwal et al. 2025, doi 10.1038/s41586-024-08430-9).
it.skipIf(!tables.every(({ path }) => existsSync(path)))(
  'makes the very sequences that both lentiMPRA tables hold rows with both cell types',
  async () => {
    const { shelf, store } = testShelf()
    const parents: number[] = []
    const sequences: Set<string>[] = []
    for (const { cellType, path } of tables) {
      const [, ...lines] = gunzipSync(readFileSync(path)).toString().trimEnd().split('\n')
      const rows = lines.map((line) => line.split('\t') as [string, string, string])
      sequences.push(new Set(rows.map(([, sequence]) => sequence)))
      parents.push(
        await store(
          cellType,
          contentOf(rows.map(([name, sequence, value]) => ({ name, sequence, activities: { [cellType]: Number(value) } }))),
        ),
      )
    }
    const shared = [...sequences[0]!].filter((sequence) => sequences[1]!.has(sequence)).length
    expect(shared).toBeGreaterThan(200)
    const review = await shelf.reviewCombination({ parents, elements: 'shared' })
    expect(review).toMatchObject({ shared, elements: shared, rows: 2 * shared, missing: 0 })
    const combined = await shelf.combine({ parents, elements: 'shared', name: 'both' })
    expect(combined).toMatchObject({ elements: shared, rows: 2 * shared })
    expect(combined.cellTypes.map(({ name, measured }) => [name, measured])).toEqual([
      ['HepG2', shared],
      ['WTC11', shared],
    ])
    expect(await shelf.reviewCombination({ parents, elements: 'all' })).toMatchObject({ elements: 24_590 + 9_239 - shared })
  },
)
