import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Comparison, ComparisonSelection } from '../../../../src/shared/domain/comparison.ts'
import { measureNames } from '../../../../src/shared/domain/measures.ts'
import type { Run } from '../../../../src/shared/domain/run.ts'
import { allFolds, type SplitSettings } from '../../../../src/shared/domain/split.ts'
import { splitSettingsSchema } from '../../../../src/shared/domain/split.ts'
import { CELL_TYPES, ELEMENTS, makeWorkspace, openSmall, shortRecipe, type OpenedWorkbench } from '../support/smallWorkspace.ts'

const recipe = { ...shortRecipe, epochs: 2 }

let workspace: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
let byGroup: Run[]
let byName: Run[]
let folds: Run[]
let specific: Run[]
let waiting: Run
beforeAll(async () => {
  workspace = makeWorkspace()
  opened = await openSmall(workspace.folder)
  const train = async (split: SplitSettings[], variants: Run['variant'][], seeds = [1], changed = {}) => {
    const runs = await opened.calls.experiments.launch({
      dataset: workspace.dataset,
      split,
      variants,
      recipe: { ...recipe, ...changed },
      seeds,
    })
    return Promise.all(runs.map(({ id }) => opened.until(id, 'completed')))
  }
  const settings = (given: object) => splitSettingsSchema.parse({ seed: 1, ...given })
  byGroup = await train([settings({ kind: 'group' })], ['full', 'baseline'], [1, 2])
  byName = await train([settings({ kind: 'name' })], ['baseline'])
  folds = await train(allFolds(3, 1), ['baseline'])
  specific = await train([settings({ kind: 'group' })], ['embedding'], [1], { target: 'specificity' })
  ;[waiting] = (await opened.calls.experiments.launch({
    dataset: workspace.dataset,
    split: { kind: 'group', seed: 1 },
    variants: ['attention'],
    recipe: { ...recipe, epochs: 1000 },
    seeds: [1],
  })) as [Run]
})
afterAll(async () => {
  await opened.workbench.close()
  workspace.remove()
})

const ids = (runs: readonly Run[]) => runs.map(({ id }) => id)
const compare = (selection: Partial<ComparisonSelection> = {}) =>
  opened.calls.comparisons.compare({ dataset: workspace.dataset, ...selection })
const reasons = ({ leftOut }: Comparison) => leftOut.map(({ run, reason }) => [run, reason])

describe('compare', () => {
  it('makes runs that differ in their seed the members of a line, and says why others are left out', async () => {
    const comparison = await compare()
    expect(comparison).toMatchObject({ dataset: workspace.dataset, cellTypes: CELL_TYPES, target: 'log2', ceilings: [null, null] })
    expect(comparison.lines).toMatchObject([
      { label: 'baseline', variant: 'baseline', ensemble: null, members: [1, 2].map((seed, i) => ({ seed, runs: [byGroup[2 + i]!.id] })) },
      { label: 'full', variant: 'full', ensemble: null, members: [1, 2].map((seed, i) => ({ seed, runs: [byGroup[i]!.id] })) },
    ])
    const [baseline, full] = comparison.lines
    expect(comparison.rows.map(({ line, run, seed, cellType }) => [line, run, seed, cellType])).toEqual(
      [
        [baseline!.key, byGroup[2]!.id, 1],
        [baseline!.key, byGroup[3]!.id, 2],
        [full!.key, byGroup[0]!.id, 1],
        [full!.key, byGroup[1]!.id, 2],
      ].flatMap((member) => [...CELL_TYPES, 'all'].map((cellType) => [...member, cellType])),
    )
    expect(comparison.rows[2]!.pearson).toBe(byGroup[2]!.testPearson)
    expect(comparison.rows[0]!.n).toBe(comparison.testElements)
    const tested = 'Tested on other elements: its split is “By name, seed 1”, that of the runs compared “By group, seed 1”.'
    expect(reasons(comparison)[0]).toEqual([byName[0]!.id, tested])
    expect(reasons(comparison).at(-1)).toEqual([
      specific[0]!.id,
      'Predicts specificity between cell types, the runs compared log2(RNA/DNA): their errors are in different units.',
    ])
  })

  it('leaves out runs in the bin: without a word where all are compared, with the reason where they are named', async () => {
    const gone = byGroup[3]!.id
    await opened.calls.experiments.bin({ ids: [gone] })
    const all = await compare()
    expect(all.sets.flatMap(({ runs }) => runs)).not.toContain(gone)
    expect(all.leftOut.map(({ run }) => run)).not.toContain(gone)
    const named = await compare({ runs: ids(byGroup) })
    expect(named.leftOut).toEqual([{ run: gone, ensemble: null, reason: 'It is in the bin.' }])
    expect(named.lines.flatMap(({ members }) => members.flatMap(({ runs }) => runs)).sort()).toEqual(ids(byGroup.slice(0, 3)))
    await opened.calls.experiments.restore({ ids: [gone] })
    expect((await compare({ runs: ids(byGroup) })).leftOut).toEqual([])
  })

  it('offers every set of like with like', async () => {
    const { sets, set } = await compare()
    const found = sets.map(({ kind, label, target, runs }) => [kind, label, target, runs.toSorted((a, b) => a - b)])
    expect(found).toEqual(
      expect.arrayContaining([
        ['test', 'By group, seed 1', 'log2', ids(byGroup)],
        ['test', 'By name, seed 1', 'log2', ids(byName)],
        ['test', 'Fold 2 of 3, seed 1', 'log2', [folds[1]!.id]],
        ['test', 'By group, seed 1', 'specificity', ids(specific)],
        ['folds', 'All 3 folds, seed 1', 'log2', ids(folds)],
      ]),
    )
    expect(sets.find(({ kind }) => kind === 'folds')!.elements).toBe(ELEMENTS)
    expect(sets.find(({ key }) => key === set)).toMatchObject({ label: 'By group, seed 1', target: 'log2' })
  })

  it('measures again what it reduces, by the function that measured the runs', async () => {
    const whole = await compare({ runs: ids(byGroup) })
    // Keeps every element that is measured at all, as all of them are: nothing is left out, but all is made from the predictions.
    const again = await compare({ runs: ids(byGroup), filter: everyLength })
    expect(again.testElements).toBe(whole.testElements)
    expect(again.rows).toEqual(whole.rows)
    const half = await compare({ runs: ids(byGroup), filter: { ...everyLength, gc: { from: 0.5, to: null } } })
    expect(half.testElements).toBeGreaterThan(5)
    expect(half.testElements).toBeLessThan(whole.testElements)
    expect(half.groups).toBe(half.testElements)
    for (const { n, cellType } of half.rows) expect(n).toBeLessThanOrEqual(half.testElements * (cellType === 'all' ? 2 : 1))
    expect(half.rows[0]!.mse).not.toBe(whole.rows[0]!.mse)
  })

  it('measures specificity by the training part’s statistics, as the run was', async () => {
    const whole = await compare({ runs: ids(specific) })
    expect(whole.target).toBe('specificity')
    expect((await compare({ runs: ids(specific), filter: everyLength })).rows).toEqual(whole.rows)
  })

  it('pools the folds of a split, so that every element is tested once', async () => {
    const comparison = await compare({ runs: ids(folds) })
    expect(comparison).toMatchObject({ testElements: ELEMENTS, lines: [{ members: [{ seed: 1, runs: ids(folds) }] }] })
    const [one] = comparison.rows
    expect(one).toMatchObject({ run: null, seed: 1, n: ELEMENTS })
    const parts = await Promise.all(folds.map(({ id }) => compare({ runs: [id] })))
    const weighted = parts.reduce((sum, { rows: [part] }) => sum + part!.n * part!.mse!, 0)
    expect(one!.mse).toBeCloseTo(weighted / ELEMENTS, 9)
    const missing = await compare({ runs: [...ids(folds).slice(1), byGroup[0]!.id] })
    expect(missing.sets.map(({ kind }) => kind)).not.toContain('folds')
  })

  it('reduces splits to the elements that they share, where that is asked for', async () => {
    const { sets } = await compare({ runs: [...ids(byGroup), ...ids(folds)] })
    const shared = sets.find(({ kind }) => kind === 'shared')!
    const comparison = await compare({ runs: [...ids(byGroup), ...ids(folds)], set: shared.key })
    expect(comparison).toMatchObject({ set: shared.key, testElements: shared.elements, leftOut: [] })
    expect(comparison.lines.map(({ label }) => label)).toEqual(['baseline, By group, seed 1', 'baseline, all 3 folds, seed 1', 'full'])
    // Of its own test part nothing is taken away: the folds cover it.
    const own = (await compare({ runs: ids(byGroup) })).rows.filter(({ variant }) => variant === 'full')
    expect(comparison.rows.filter(({ variant }) => variant === 'full').map(({ pearson }) => pearson)).toEqual(
      own.map(({ pearson }) => pearson),
    )
    // The two splits by themselves share too few.
    expect((await compare({ runs: [...ids(byGroup), ...ids(byName)] })).sets.map(({ kind }) => kind)).toEqual(['test', 'test'])
  })

  it('tells lines of one variant by what differs in their recipes', async () => {
    const settings = splitSettingsSchema.parse({ kind: 'group', seed: 1 })
    const launched = await opened.calls.experiments.launch({
      dataset: workspace.dataset,
      split: settings,
      variants: ['baseline'],
      recipe: { ...recipe, learningRate: 0.01, momentum: 0.5 },
      seeds: [1],
    })
    await opened.calls.experiments.stop({ id: waiting.id })
    await opened.until(launched[0]!.id, 'completed')
    const { lines } = await compare({ runs: [...ids(byGroup), launched[0]!.id] })
    expect(lines.map(({ label }) => label)).toEqual(['baseline, learning rate 0.0001', 'baseline, learning rate 0.01', 'full'])
  })

  it('compares a run and one that repeats it once', async () => {
    const { id } = await opened.calls.experiments.reproduce({ id: byName[0]!.id })
    await opened.until(id, 'completed')
    const comparison = await compare({ runs: [id, byName[0]!.id] })
    expect(comparison.lines).toMatchObject([{ members: [{ seed: 1, runs: [byName[0]!.id] }] }])
    expect(reasons(comparison)).toEqual([[id, `Repeats run ${byName[0]!.id}: the same variant, recipe, split and seed.`]])
  })

  it('takes the newest of two sets of the same size', async () => {
    const comparison = await compare({ runs: [byName[0]!.id, byGroup[0]!.id] })
    expect(new Set(comparison.rows.map(({ run }) => run))).toEqual(new Set([byName[0]!.id]))
  })

  it('leaves out what is not trained to its end, or of another dataset', async () => {
    const comparison = await compare({ runs: [byName[0]!.id, byName[0]!.id, waiting.id] })
    expect(comparison.rows.map(({ run }) => run)).toEqual([byName[0]!.id, byName[0]!.id, byName[0]!.id])
    expect(reasons(comparison)).toEqual([[waiting.id, expect.stringMatching(/^Not trained to its end/)]])
  })

  it('has no rows where nothing is completed', async () => {
    expect(await compare({ runs: [] })).toMatchObject({ rows: [], lines: [], sets: [], set: null, leftOut: [], testElements: 0 })
  })

  it('says which dataset, run, ensemble or set is not there', async () => {
    await expect(opened.calls.comparisons.compare({ dataset: 99 })).rejects.toMatchObject({ code: 'not-found' })
    await expect(compare({ runs: [999] })).rejects.toThrow('There is no run 999 in this workspace.')
    await expect(compare({ ensembles: [9] })).rejects.toThrow('There is no ensemble 9 in this workspace.')
    await expect(compare({ set: 'test-log2-none' })).rejects.toThrow('cannot be compared on that set')
  })
})

describe('curves', () => {
  it('gives the curve of every compared run', async () => {
    const curves = await opened.calls.comparisons.curves({ dataset: workspace.dataset, runs: ids(byGroup) })
    expect(curves.map(({ run }) => run).toSorted((a, b) => a - b)).toEqual(ids(byGroup))
    const { lines } = await compare({ runs: ids(byGroup) })
    expect(new Set(curves.map(({ line }) => line))).toEqual(new Set(lines.map(({ key }) => key)))
    for (const { curve } of curves) expect(curve.map(({ epoch }) => epoch)).toEqual([1, 2])
  })
})

const everyLength = {
  ...{ search: '', cellTypes: [], complete: false, activity: [], gc: null, barcodes: null, label: null, part: null },
  length: { from: 1, to: null },
}

describe('certainty', () => {
  it('says the same as the measures, with intervals that hold them, and a sentence a cell type', async () => {
    const selection = { dataset: workspace.dataset, runs: ids(byGroup) }
    const { rows, lines } = await compare({ runs: ids(byGroup) })
    for (const measure of measureNames) {
      const done: number[] = []
      const certainty = await opened.calls.comparisons.certainty(
        { ...selection, measure, resamples: 200 },
        { onProgress: (progress) => done.push(progress.done) },
      )
      expect(certainty).toMatchObject({ measure, resamples: 200, seed: 1 })
      expect(done.at(-1)).toBe(200)
      expect(certainty.cells.map(({ line, cellType }) => [cellType, line])).toEqual(
        [...CELL_TYPES, 'all'].flatMap((cellType) => lines.map(({ key }) => [cellType, key])),
      )
      for (const cell of certainty.cells) {
        const values = rows.filter(({ line, cellType }) => line === cell.line && cellType === cell.cellType).map((row) => row[measure]!)
        expect(cell.mean).toBeCloseTo((values[0]! + values[1]!) / 2, 12)
        expect(cell.sd).toBeCloseTo(Math.abs(values[0]! - values[1]!) / Math.SQRT2, 12)
        expect(cell.low).toBeLessThan(cell.mean!)
        expect(cell.high).toBeGreaterThan(cell.mean!)
      }
      expect(certainty.pairs).toHaveLength(3)
      expect(certainty.verdicts.map(({ cellType }) => cellType)).toEqual([...CELL_TYPES, 'all'])
      expect(certainty.verdicts[0]!.sentence).toContain('in HepG2')
    }
  })

  it('is the same for the same seed', async () => {
    const ask = (seed: number) =>
      opened.calls.comparisons.certainty({ dataset: workspace.dataset, runs: ids(byGroup), measure: 'spearman', resamples: 150, seed })
    const [first, again, other] = [await ask(3), await ask(3), await ask(4)]
    expect(again).toEqual(first)
    expect(other.cells).not.toEqual(first.cells)
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    const asked = opened.calls.comparisons.certainty(
      { dataset: workspace.dataset, runs: ids(byGroup), measure: 'spearman', resamples: 10_000 },
      { signal: stop.signal, onProgress: () => stop.abort() },
    )
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('tells nothing where nothing is compared', async () => {
    const certainty = await opened.calls.comparisons.certainty({ dataset: workspace.dataset, runs: [], measure: 'pearson' })
    expect(certainty).toMatchObject({ cells: [], pairs: [], groups: 0 })
  })
})
