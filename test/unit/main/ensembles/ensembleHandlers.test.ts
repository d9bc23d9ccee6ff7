import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabaseForReading } from '../../../../src/main/db/openDatabase.ts'
import { loadScorer } from '../../../../src/main/models/loadScorer.ts'
import { workspaceFolders } from '../../../../src/main/workspace.ts'
import type { Ensemble } from '../../../../src/shared/domain/ensemble.ts'
import type { Run } from '../../../../src/shared/domain/run.ts'
import { splitSettingsSchema } from '../../../../src/shared/domain/split.ts'
import { CELL_TYPES, LENGTH, makeWorkspace, openSmall, shortRecipe, type OpenedWorkbench } from '../support/smallWorkspace.ts'

let workspace: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
let runs: Run[]
let others: Run[]
let cut: Run
let fold: Run[]
let specific: Run[]
beforeAll(async () => {
  workspace = makeWorkspace()
  opened = await openSmall(workspace.folder)
  const train = async (splits: object[], variants: Run['variant'][], seeds: number[], changed = {}) => {
    const launched = await opened.calls.experiments.launch({
      dataset: workspace.dataset,
      split: splits.map((given) => splitSettingsSchema.parse({ seed: 1, ...given })),
      variants,
      recipe: { ...shortRecipe, epochs: 1, ...changed },
      seeds,
    })
    return Promise.all(launched.map(({ id }) => opened.until(id, 'completed')))
  }
  runs = await train([{ kind: 'group' }], ['baseline', 'full'], [1, 2])
  others = await train([{ kind: 'group', seed: 2 }], ['baseline'], [1])
  ;[cut] = (await train([{ kind: 'group' }], ['baseline'], [1], { adapters: 'cut' })) as [Run]
  fold = await train(
    [1, 2].map((number) => ({ kind: 'kfold', folds: 3, fold: number })),
    ['baseline'],
    [1],
  )
  specific = await train([{ kind: 'group' }, { kind: 'group', seed: 2 }], ['baseline'], [1], { target: 'specificity' })
})
afterAll(async () => {
  await opened.workbench.close()
  workspace.remove()
})

const ids = (of: readonly Run[]) => of.map(({ id }) => id)
const make = (name: string, of: readonly number[]) => opened.calls.ensembles.make({ name, runs: [...of] })

describe('ensembles', () => {
  it('are made of runs, listed newest first, renamed, binned, restored and purged, and every page is told', async () => {
    const told: Ensemble[] = []
    const gone: number[] = []
    const stop = [
      opened.on('ensembles.changed', (ensemble) => told.push(ensemble)),
      opened.on('ensembles.removed', ({ id }) => gone.push(id)),
    ]
    const made = await make('two seeds', [runs[0]!.id, runs[1]!.id, runs[0]!.id])
    expect(made).toMatchObject({
      ...{ name: 'two seeds', removedAt: null, dataset: workspace.dataset, datasetName: 'small', runs: ids(runs.slice(0, 2)) },
      ...{ target: 'log2', cellTypes: CELL_TYPES, length: LENGTH },
    })
    expect(made.testElements).toBeGreaterThan(20)
    const second = await make('all', ids(runs))
    expect((await opened.calls.ensembles.list({})).map(({ id }) => id)).toEqual([second.id, made.id])
    const renamed = await opened.calls.ensembles.rename({ id: second.id, name: 'four' })
    await expect(opened.calls.ensembles.purge({ id: second.id })).rejects.toThrow('The ensemble four is not in the bin.')
    const removed = await opened.calls.ensembles.remove({ id: second.id })
    expect(removed.removedAt).not.toBeNull()
    expect(await opened.calls.ensembles.restore({ id: second.id })).toEqual(renamed)
    await opened.calls.ensembles.remove({ id: second.id })
    await opened.calls.ensembles.purge({ id: second.id })
    expect((await opened.calls.ensembles.list({})).map(({ id }) => id)).toEqual([made.id])
    await expect(opened.calls.ensembles.rename({ id: second.id, name: 'gone' })).rejects.toMatchObject({ code: 'not-found' })
    expect(told.slice(0, 5)).toEqual([made, second, renamed, removed, renamed])
    expect(gone).toEqual([second.id])
    // A scan may still name the one that is gone.
    const another = await make('another', ids(runs))
    expect(another.id).toBe(second.id + 1)
    await opened.calls.ensembles.remove({ id: another.id })
    await opened.calls.ensembles.purge({ id: another.id })
    for (const end of stop) end()
  })

  it('share the test elements of all their members', async () => {
    const made = await make('two splits', [runs[0]!.id, others[0]!.id])
    const [own, other] = await Promise.all(
      [runs[0]!, others[0]!].map(({ id }) => opened.calls.comparisons.compare({ dataset: workspace.dataset, runs: [id] })),
    )
    expect(made.testElements).toBeGreaterThan(0)
    expect(made.testElements).toBeLessThan(Math.min(own!.testElements, other!.testElements))
  })

  it('are refused where their runs do not go together, with the reason', async () => {
    await expect(make('one', [runs[0]!.id, runs[0]!.id])).rejects.toThrow('An ensemble is made of two runs or more.')
    await expect(make('folds', ids(fold))).rejects.toThrow('No element is in the test part of all of these runs')
    await expect(make('targets', [runs[0]!.id, specific[0]!.id])).rejects.toThrow('does not predict what run')
    await expect(make('units', ids(specific))).rejects.toThrow('by the statistics of different training parts')
    await expect(make('lengths', [runs[0]!.id, cut.id])).rejects.toThrow('some with the adapters, some without')
    await expect(make('missing', [runs[0]!.id, 999])).rejects.toMatchObject({ code: 'not-found' })
    const [unfinished] = (await opened.calls.experiments.launch({
      dataset: workspace.dataset,
      split: runs[0]!.split,
      variants: ['full'],
      recipe: { ...shortRecipe, epochs: 1000 },
      seeds: [9],
    })) as [Run]
    await expect(make('early', [runs[0]!.id, unfinished.id])).rejects.toThrow('is not trained to its end')
    await opened.calls.experiments.stop({ id: unfinished.id })
    expect(await opened.calls.ensembles.list({})).toHaveLength(2)
  })
})

describe('a comparison with an ensemble', () => {
  it('gives it a line of its own, whose predictions are the mean of its members', async () => {
    const { id } = await make('mean', ids(runs.slice(0, 2)))
    const selection = { dataset: workspace.dataset, runs: ids(runs), ensembles: [id] }
    const comparison = await opened.calls.comparisons.compare(selection)
    expect(comparison.lines.map(({ label, variant, ensemble, members }) => [label, variant, ensemble, members.length])).toEqual([
      ['baseline', 'baseline', null, 2],
      ['full', 'full', null, 2],
      ['mean', null, id, 1],
    ])
    const table = new TextDecoder().decode((await opened.calls.comparisons.predictions(selection)).bytes)
    const [header, ...rows] = table
      .trimEnd()
      .split('\n')
      .map((row) => row.split('\t'))
    expect(header).toEqual([
      'name',
      ...CELL_TYPES.flatMap((cellType) => ['measured', 'baseline', 'full', 'mean'].map((what) => `${cellType} ${what}`)),
    ])
    expect(rows).toHaveLength(comparison.testElements)
    // Both are the mean over the two seeds of baseline.
    for (const row of rows) expect(Number(row[4])).toBeCloseTo(Number(row[2]), 6)
    const errors = rows.filter((row) => row[1] !== '').map((row) => (Number(row[4]) - Number(row[1])) ** 2)
    const row = comparison.rows.find(({ ensemble, cellType }) => ensemble === id && cellType === 'HepG2')!
    expect(row).toMatchObject({ run: null, variant: null, seed: null, n: errors.length })
    expect(row.mse).toBeCloseTo(errors.reduce((sum, error) => sum + error, 0) / errors.length, 5)
    const curves = await opened.calls.comparisons.curves(selection)
    expect(curves).toHaveLength(4)
  })

  it('leaves it out where it is tested on other elements, or in the bin', async () => {
    const list = await opened.calls.ensembles.list({})
    const two = list.find(({ name }) => name === 'two splits')!
    const mean = list.find(({ name }) => name === 'mean')!
    await opened.calls.ensembles.remove({ id: mean.id })
    const { leftOut } = await opened.calls.comparisons.compare({
      dataset: workspace.dataset,
      runs: ids(runs),
      ensembles: [mean.id, two.id],
    })
    expect(leftOut).toEqual([
      {
        run: null,
        ensemble: two.id,
        reason: expect.stringMatching(/^Tested on other elements: its runs share \d+ test elements/) as string,
      },
      { run: null, ensemble: mean.id, reason: 'It is in the bin.' },
    ])
    await opened.calls.ensembles.restore({ id: mean.id })
  })
})

describe('loadScorer', () => {
  it('loads the members of an ensemble, which read the same frame', async () => {
    const ensemble = (await opened.calls.ensembles.list({})).find(({ name }) => name === 'mean')!
    const database = openDatabaseForReading(workspace.folder)
    const folder = workspaceFolders(workspace.folder).checkpoints
    const scorer = await loadScorer(database, folder, { ensemble: ensemble.id })
    expect(scorer).toMatchObject({ name: 'mean, an ensemble', target: 'log2', cellTypes: CELL_TYPES, length: LENGTH })
    const single = await Promise.all(ensemble.runs.map((run) => loadScorer(database, folder, { run })))
    expect(scorer.members).toEqual(single.flatMap(({ members }) => members))
    expect(single[0]!.name).toBe('baseline, trained on small')
    await opened.calls.ensembles.remove({ id: ensemble.id })
    await expect(loadScorer(database, folder, { ensemble: ensemble.id })).rejects.toThrow('The ensemble mean is in the bin.')
    database.close()
  })
})
