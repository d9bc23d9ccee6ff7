import { describe, expect, it } from 'vitest'
import { calls } from '../../../../src/shared/contract/calls.ts'
import { pearson } from '../../../../src/shared/stats/correlation.ts'
import { readActivities, readAllElements } from '../../../../src/main/db/datasets.ts'
import { encodeFiles } from '../../../../src/main/datasets/simulation/encodeFiles.ts'
import { plantedMotifs, programs } from '../../../../src/main/datasets/simulation/motifEffects.ts'
import { simulateElements } from '../../../../src/main/datasets/simulation/simulateElements.ts'
import { context, testWorkbench, text } from './datasetFixtures.ts'

const noteCount = (dataset: { report: { notes: { kind: string; count: number }[] } }, kind: string) =>
  dataset.report.notes.find((note) => note.kind === kind)?.count ?? 0

describe('the simulated dataset', () => {
  it('is marked as simulated, as large as asked, and holds what real data hold', async () => {
    const workbench = testWorkbench()
    const dataset = calls.datasets.simulate.output.parse(
      await workbench.datasets.simulate({ name: 'demo', elements: 1001, seed: 1 }, context()),
    )
    expect(dataset).toMatchObject({
      simulated: true,
      elements: 1001,
      length: 230,
      minimumBarcodes: 10,
      adapters: { known: true },
      unmatched: { sequences: 20 },
    })
    expect(dataset.cellTypes.map(({ name, replicates }) => [name, replicates])).toEqual([
      ['HepG2', 3],
      ['K562', 3],
      ['WTC11', 3],
    ])
    for (const kind of ['reverse-complements', 'ambiguous-letters', 'low-barcodes', 'missing-cell-types'])
      expect(noteCount(dataset, kind)).toBeGreaterThan(0)
    const { groups } = readAllElements(workbench.database, dataset.id)
    // 501 inserts, of which the 3rd, 199th and 399th overlap the one before.
    expect(Math.max(...groups) + 1).toBe(501 - 3)
  })

  it('is the same for the same seed, and the shorter library is the start of the longer', async () => {
    const workbench = testWorkbench()
    const make = (name: string, seed: number) => Promise.resolve(workbench.datasets.simulate({ name, elements: 100, seed }, context()))
    const [first, again, other] = [await make('a', 1), await make('b', 1), await make('c', 2)]
    expect(again.fingerprint).toBe(first.fingerprint)
    expect(other.fingerprint).not.toBe(first.fingerprint)
    expect([...simulateElements(300, 5)].slice(0, 100)).toEqual([...simulateElements(100, 5)])
  })

  it('comes out the same through ENCODE’s files', async () => {
    const workbench = testWorkbench()
    const direct = await workbench.datasets.simulate({ name: 'direct', elements: 200, seed: 3 }, context())
    const { fasta, activities } = encodeFiles({ elements: 200, seed: 3 })
    const files = {
      kind: 'encode' as const,
      fasta: text('l.fa', fasta),
      activities: activities.map(({ cellType, tsv }) => ({ cellType, source: text(`${cellType}.tsv`, tsv) })),
    }
    const imported = await workbench.datasets.import({ name: 'files', files, minimumBarcodes: 10 }, context())
    expect(imported.fingerprint).toBe(direct.fingerprint)
    expect(imported.unmatched).toEqual(direct.unmatched)
  })

  it('has a noise ceiling that its truth reaches', async () => {
    const workbench = testWorkbench()
    const dataset = await workbench.datasets.simulate({ name: 'demo', elements: 3000, seed: 1 }, context())
    const truthOf = new Map([...simulateElements(3000, 1)].map(({ name, truth }) => [name, truth]))
    const { names } = readAllElements(workbench.database, dataset.id)
    for (const [cellType, vector] of readActivities(workbench.database, dataset.id).entries()) {
      const measured = [...names.keys()].filter((i) => !Number.isNaN(vector[i]))
      const reached = pearson(
        measured.map((i) => truthOf.get(names[i]!)![cellType]!),
        measured.map((i) => vector[i]!),
      )
      expect(reached).toBeCloseTo(dataset.cellTypes[cellType]!.ceiling!, 2)
    }
  })

  it('plants every motif that has an effect', () => {
    expect(programs.flat().toSorted()).toEqual([...plantedMotifs.keys()].toSorted())
    for (const { cumulative, effects } of plantedMotifs.values()) {
      expect(effects).toHaveLength(3)
      for (const shares of cumulative) expect(shares[3]).toBeCloseTo(1, 12)
    }
  })
})
