import { describe, expect, it } from 'vitest'
import { demo } from '../../../../src/shared/domain/demo.ts'
import { calls } from '../../../../src/shared/contract/calls.ts'
import { pearson } from '../../../../src/shared/stats/correlation.ts'
import { readActivities, readAllElements } from '../../../../src/main/db/datasets.ts'
import { encodeFiles } from '../../../../src/main/datasets/simulation/encodeFiles.ts'
import { plantedMotifs, programs } from '../../../../src/main/datasets/simulation/motifEffects.ts'
import { simulateElements } from '../../../../src/main/datasets/simulation/simulateElements.ts'
import { context, importFiles, testWorkbench, text } from './datasetFixtures.ts'

const noteCount = (dataset: { report: { notes: { kind: string; count: number }[] } }, kind: string) =>
  dataset.report.notes.find((note) => note.kind === kind)?.count ?? 0

/** Within 0.16 of the truth (half of 10⁻⁰·⁵). */
const EFFECT_DIGITS = 0.5

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
    const imported = await importFiles(workbench, { name: 'files', files })
    expect(imported.fingerprint).toBe(direct.fingerprint)
    expect(imported.unmatched).toEqual(direct.unmatched)
  })

  it('has a noise ceiling as real assays have, and its truth reaches it', async () => {
    const workbench = testWorkbench()
    const dataset = await workbench.datasets.simulate({ ...demo.dataset }, context())
    const truthOf = new Map([...simulateElements(demo.dataset.elements, demo.dataset.seed)].map(({ name, truth }) => [name, truth]))
    const { names } = readAllElements(workbench.database, dataset.id)
    for (const [cellType, vector] of readActivities(workbench.database, dataset.id).entries()) {
      const { ceiling, replicateR } = dataset.cellTypes[cellType]!
      expect(ceiling).toBeGreaterThan(0.8)
      expect(ceiling).toBeLessThan(0.92)
      expect(replicateR).toBeLessThan(0.7)
      const measured = [...names.keys()].filter((i) => !Number.isNaN(vector[i]))
      const reached = pearson(
        measured.map((i) => truthOf.get(names[i]!)![cellType]!),
        measured.map((i) => vector[i]!),
      )
      expect(Math.abs(reached! - ceiling!)).toBeLessThan(0.015)
    }
  })

  it('shows the effect of each motif in each cell type, as a regression on the planted sites finds it', async () => {
    const workbench = testWorkbench()
    const dataset = await workbench.datasets.simulate({ ...demo.dataset }, context())
    const elements = new Map([...simulateElements(demo.dataset.elements, demo.dataset.seed)].map((element) => [element.name, element]))
    const { names } = readAllElements(workbench.database, dataset.id)
    const motifs = [...plantedMotifs.keys()]
    const predictors = names.map((name) => {
      const { motifs: sites, sequence } = elements.get(name)!
      return [1, gcOf(sequence), ...motifs.map((motif) => sites.filter((site) => site === motif).length)]
    })
    for (const [cellType, vector] of readActivities(workbench.database, dataset.id).entries()) {
      const measured = [...names.keys()].filter((i) => !Number.isNaN(vector[i]))
      const found = leastSquares(
        measured.map((i) => predictors[i]!),
        measured.map((i) => vector[i]!),
      )
      for (const [m, motif] of motifs.entries())
        expect(found[m + 2]).toBeCloseTo(plantedMotifs.get(motif)!.effects[cellType]!, EFFECT_DIGITS)
    }
  })

  it('plants every motif that has an effect, and leaves some of the library unplanted', () => {
    expect(programs.flat().toSorted()).toEqual([...plantedMotifs.keys()].toSorted())
    expect(plantedMotifs.size).toBe(13)
    for (const { shares, effects } of plantedMotifs.values()) {
      expect(effects).toHaveLength(3)
      for (const position of shares) expect(position.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
    }
  })
})

function gcOf(sequence: string): number {
  return (sequence.match(/[GC]/g)?.length ?? 0) / sequence.length
}

/** Ordinary least squares by the normal equations, solved by elimination with pivots. */
function leastSquares(rows: readonly (readonly number[])[], values: readonly number[]): number[] {
  const width = rows[0]!.length
  const system = Array.from({ length: width }, (_, a) => [
    ...Array.from({ length: width }, (_, b) => rows.reduce((sum, row) => sum + row[a]! * row[b]!, 0)),
    rows.reduce((sum, row, i) => sum + row[a]! * values[i]!, 0),
  ])
  for (let column = 0; column < width; column++) {
    const pivot = system
      .slice(column)
      .reduce((best, row, i) => (Math.abs(row[column]!) > Math.abs(system[best]![column]!) ? column + i : best), column)
    ;[system[column], system[pivot]] = [system[pivot]!, system[column]!]
    for (let row = 0; row < width; row++) {
      if (row === column) continue
      const factor = system[row]![column]! / system[column]![column]!
      system[row] = system[row]!.map((value, i) => value - factor * system[column]![i]!)
    }
  }
  return system.map((row, i) => row[width]! / row[i]!)
}
