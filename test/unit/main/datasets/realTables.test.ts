import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { getOrMakeSplit } from '../../../../src/main/datasets/splits/getOrMakeSplit.ts'
import { context, importPlan, now, path, testWorkbench } from './datasetFixtures.ts'

// Real tables beside the project (../shared/data: lentiMPRA of Agarwal et al. 2025, Sharpr-MPRA of Ernst et al. 2016); skipped where they are not.
const folder = fileURLToPath(new URL('../../../../../shared/data', import.meta.url))

async function importTable(file: string) {
  const workbench = testWorkbench()
  const source = path(join(folder, file))
  const [inspection] = await workbench.datasets.inspect({ sources: [source] }, context())
  if (inspection?.kind !== 'table') throw new Error(`${file} was not recognised`)
  const plan = { sequences: { kind: 'table' as const }, tables: [{ source, mapping: inspection.mapping }] }
  const dataset = await importPlan(workbench, plan, file)
  const split = (kind: 'group' | 'name') => getOrMakeSplit(workbench.database, { dataset: dataset.id, kind, seed: 0 }, { now })
  return { dataset, byGroup: await split('group'), byName: await split('name') }
}

describe.skipIf(!existsSync(folder))('real tables', () => {
  it('HepG2 lentiMPRA: every element, its adapters, and the leak of a split by name', async () => {
    const { dataset, byGroup, byName } = await importTable('lentimpra/HepG2.tsv.gz')
    expect(dataset).toMatchObject({
      elements: 24_590,
      rows: 24_590,
      length: 230,
      adapters: { known: true },
      cellTypes: [{ name: 'HepG2' }],
    })
    expect(byGroup.leakage).toEqual({ exact: 0, reverseComplement: 0, overlap: 0 })
    expect(byName.leakage.reverseComplement).toBeGreaterThan(4_000)
  })

  it('Sharpr tiles: two cell types of two replicates each, and the leak of overlapping tiles', async () => {
    const { dataset, byGroup, byName } = await importTable('sharpr-pilot/activity.tsv')
    expect(dataset.cellTypes.map(({ name, replicates, measured }) => [name, replicates, measured])).toEqual([
      ['HepG2', 2, 2245],
      ['K562', 2, 2245],
    ])
    expect(dataset.cellTypes.map(({ replicateR }) => replicateR?.toFixed(2))).toEqual(['0.94', '0.68'])
    expect(byGroup.leakage).toEqual({ exact: 0, reverseComplement: 0, overlap: 0 })
    expect(byName.leakage.overlap).toBeGreaterThan(600)
  })
})
