import { describe, expect, it } from 'vitest'
import { runColumnKeys, runColumns, shownAtFirst } from '../../../../src/renderer/stores/runColumns.ts'
import { runRows, type RunQuery } from '../../../../src/renderer/stores/runRows.ts'
import { recipes } from '../../../../src/shared/domain/recipe.ts'
import type { Run } from '../../../../src/shared/domain/run.ts'
import { runFixture } from '../runFixture.ts'

const runs = [
  runFixture(1, { variant: 'baseline', testPearson: 0.31, tags: ['paper'], notes: 'The first of\nthem' }),
  runFixture(2, { name: 'Best so far', testPearson: 0.52, starred: true, recipe: { ...recipes.seed, epochs: 5 } }),
  runFixture(3, { state: 'running', dataset: 2, datasetName: 'HepG2 alone', seed: 10 }),
  runFixture(4, { state: 'failed', message: 'The loss is not a number.', seed: 9 }),
  runFixture(12, { state: 'queued', tags: ['paper', 'late'], testPearson: null }),
]
const nothing: RunQuery = { search: '', state: null, variant: null, dataset: null, tag: null, starred: false, sort: null }
const ids = (query: Partial<RunQuery>) => runRows(runs, { ...nothing, ...query }).map(({ id }) => id)

describe('runRows', () => {
  it('puts starred runs first and then the newest where nothing is asked for', () => {
    expect(ids({})).toEqual([2, 12, 4, 3, 1])
  })

  it.each<[Partial<RunQuery>, number[]]>([
    [{ state: 'active' }, [12, 3]],
    [{ state: 'failed' }, [4]],
    [{ variant: 'baseline' }, [1]],
    [{ dataset: 2 }, [3]],
    [{ tag: 'paper' }, [12, 1]],
    [{ starred: true }, [2]],
    [{ tag: 'paper', state: 'completed' }, [1]],
  ])('keeps those that are like %j', (query, kept) => {
    expect(ids(query)).toEqual(kept)
  })

  it.each<[string, number[]]>([
    ['best', [2]],
    ['run 4', [4]],
    ['hepg2', [3]],
    ['recipe seed epochs', [2]],
    ['NOT A NUMBER', [4]],
    ['paper  full', [12]],
    ['queued', [12]],
    ['first of them', [1]],
    ['"seed 10" full', [3]],
    ['"epochs 5"', [2]],
    ['"best so', [2]],
    ['"', [2, 12, 4, 3, 1]],
    ['nowhere', []],
  ])('finds “%s” in any of the words', (search, kept) => {
    expect(ids({ search })).toEqual(kept)
  })

  it('sorts either way, numbers as numbers, what is missing at the end', () => {
    expect(ids({ sort: { by: 'testPearson', descending: true } })).toEqual([2, 1, 12, 4, 3])
    expect(ids({ sort: { by: 'testPearson', descending: false } })).toEqual([1, 2, 12, 4, 3])
    expect(ids({ sort: { by: 'seed', descending: false } })).toEqual([12, 2, 1, 4, 3])
    expect(ids({ sort: { by: 'name', descending: false } })).toEqual([2, 1, 3, 4, 12])
    expect(ids({ sort: { by: 'variant', descending: true } })).toEqual([12, 4, 3, 2, 1])
  })

  it('leaves what it was given as it was', () => {
    const before = runs.map(({ id }) => id)
    ids({ sort: { by: 'testPearson', descending: true } })
    expect(runs.map(({ id }) => id)).toEqual(before)
  })
})

describe('runColumns', () => {
  const cells = (run: Run) => Object.fromEntries(runColumns.map(({ key, text, cell }) => [key, [text(run), cell(run)]]))

  it('are each there once, and those shown at first are among them', () => {
    expect(runColumns.map(({ key }) => key)).toEqual([...runColumnKeys])
    expect(shownAtFirst(2)).toContain('dataset')
    expect(shownAtFirst(1)).toEqual(shownAtFirst(2).filter((key) => key !== 'dataset'))
  })

  it('show a run for people and save it with every digit', () => {
    const run = runFixture(7, { testPearson: 0.123456789, rowsPerSecond: 51234.5, seconds: 83, epochs: 4 })
    expect(cells(run)).toMatchObject({
      name: ['Run 7', 7],
      testPearson: ['0.123', 0.123456789],
      rowsPerSecond: ['51,235', 51234.5],
      time: ['1 min 23 s', 83],
      epochs: ['4 of 20', 4],
      recipe: ['default', 'default'],
      engine: ['–', ''],
      finishedAt: ['–', null],
    })
    expect(cells(runFixture(7, { name: 'Mine', recipe: { ...recipes.default, dropout: 0.2 } }))).toMatchObject({
      name: ['Mine', 'Mine'],
      recipe: ['default: dropout 0.2', 'default: dropout 0.2'],
    })
  })

  it('tell of a run that trains what is left of it', () => {
    const time = runColumns.find(({ key }) => key === 'time')!
    const progress = { run: 7, epoch: 2, step: 1, steps: 9, rowsPerSecond: 5, secondsLeft: 70 }
    expect(time.text(runFixture(7, { state: 'running', seconds: 9 }), progress)).toBe('1 min 10 s left')
  })
})
