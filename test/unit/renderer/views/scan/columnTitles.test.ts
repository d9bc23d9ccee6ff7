import { describe, expect, it } from 'vitest'
import { columnTitles } from '../../../../../src/renderer/views/scan/columnTitles.ts'
import { columnsOf } from '../../../../../src/main/scans/scanModels.ts'
import type { Scan } from '../../../../../src/shared/domain/scan.ts'

const CELL_TYPES = ['HepG2', 'K562']

function titlesOf(names: readonly string[]): string[] {
  const models = names.map((name, i) => ({
    reference: { run: i + 1 },
    name,
    target: 'log2' as const,
    cellTypes: CELL_TYPES,
    length: 230,
    members: 1,
    available: true,
  }))
  return columnTitles({ columns: columnsOf(models), models } satisfies Pick<Scan, 'columns' | 'models'>)
}

describe('columnTitles', () => {
  it('are the cell types of one model', () => {
    expect(titlesOf(['full, trained on Joint'])).toEqual(CELL_TYPES)
  })
  it('leave out what all models were trained on', () => {
    expect(titlesOf(['full, trained on Joint', 'embedding, trained on Joint'])).toEqual([
      'full: HepG2',
      'full: K562',
      'embedding: HepG2',
      'embedding: K562',
    ])
  })
  it('keep what tells two models apart', () => {
    expect(titlesOf(['full, trained on Joint', 'full, trained on Tiles'])[2]).toBe('full, trained on Tiles: HepG2')
    expect(titlesOf(['full, trained on Joint', 'My own model'])[2]).toBe('My own model: HepG2')
  })
  it('tell runs of one name apart by their numbers', () => {
    expect(titlesOf(['full, trained on Joint', 'embedding, trained on Joint', 'full, trained on Joint'])).toEqual([
      'full, run 1: HepG2',
      'full, run 1: K562',
      'embedding: HepG2',
      'embedding: K562',
      'full, run 3: HepG2',
      'full, run 3: K562',
    ])
  })
})
