import { describe, expect, it } from 'vitest'
import { scanOptionsSchema, type Scan } from '../../../../../src/shared/domain/scan.ts'
import { scoreColumns } from '../../../../../src/renderer/views/scan/scoreColumns.ts'

function scanOf(cellTypes: readonly string[], members = 1): Pick<Scan, 'columns' | 'models' | 'windows' | 'options'> {
  return {
    windows: 0,
    options: scanOptionsSchema.parse({}),
    columns: cellTypes.map((cellType) => ({ key: cellType, cellType, model: 0 })),
    models: [{ reference: { run: 1 }, name: 'Run 1', target: 'log2', cellTypes: [...cellTypes], length: 230, members, available: true }],
  }
}

describe('scoreColumns', () => {
  it('shows scores and specificity of each cell type', () => {
    const shown = scoreColumns(scanOf(['HepG2', 'K562'])).filter((column) => column.shown)
    expect(shown.map(({ title }) => title)).toEqual(['Length', 'HepG2', 'K562', 'Specific to HepG2', 'Specific to K562', 'Doubts'])
  })

  it('has no specificity for one cell type, and a spread only for ensembles', () => {
    const kinds = (scan: ReturnType<typeof scanOf>) => new Set(scoreColumns(scan).map(({ by }) => by?.by))
    expect(kinds(scanOf(['HepG2'])).has('specificity')).toBe(false)
    expect(kinds(scanOf(['HepG2', 'K562'])).has('spread')).toBe(false)
    expect(kinds(scanOf(['HepG2', 'K562'], 3)).has('spread')).toBe(true)
  })

  it('gives each column a key of its own, and asks the core for what it shows', () => {
    const columns = scoreColumns(scanOf(['HepG2', 'K562', 'WTC11'], 3))
    expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length)
    for (const { by, scored } of columns) if (scored !== null) expect(by?.column).toBe(['HepG2', 'K562', 'WTC11'][scored])
  })
})
