import { describe, expect, it } from 'vitest'
import {
  askedModels,
  goneInWords,
  modelGroups,
  MOST_MODELS,
  searchGroups,
  whyNotTogether,
  type ModelChoice,
} from '../../../../../src/renderer/views/scan/modelChoices.ts'
import type { Ensemble } from '../../../../../src/shared/domain/ensemble.ts'
import type { ImportedModel } from '../../../../../src/shared/domain/model.ts'
import type { Run } from '../../../../../src/shared/domain/run.ts'

const run = (id: number, testPearson: number | null, more: Partial<Run> = {}) =>
  ({
    id,
    name: '',
    variant: 'full',
    dataset: 1,
    datasetName: 'Joint library',
    seed: 1,
    recipe: { target: 'log2', adapters: 'keep' },
    testPearson,
    ...more,
  }) as Run
const ensemble = { id: 2, name: 'Best four', runs: [1, 2, 3, 4], datasetName: 'Joint library', target: 'log2', length: 230 } as Ensemble
const imported = {
  id: 3,
  name: 'From a friend',
  description: { variant: 'embedding', dataset: { name: 'Theirs' }, testPearson: 0.4, target: { kind: 'specificity' }, length: 200 },
} as ImportedModel
const datasets = new Map([[1, { length: 230, simulated: false }]])
const groups = modelGroups([run(1, 0.3), run(5, null), run(4, 0.5, { name: 'The best' })], [ensemble], [imported], datasets)
const choiceOf = (key: string) => groups.flatMap(({ choices }) => choices).find((choice) => choice.key === key)!

describe('modelGroups', () => {
  it('groups by kind, the runs by their test, and leaves out kinds that there are none of', () => {
    expect(groups.map(({ title, choices }) => [title, choices.map(({ title }) => title)])).toEqual([
      ['Ensembles', ['Best four']],
      ['Runs', ['The best', 'Run 1', 'Run 5']],
      ['Imported models', ['From a friend']],
    ])
    expect(modelGroups([run(1, 0.3)], [], [], datasets)).toHaveLength(1)
    expect(choiceOf('run,4').about).toBe('run 4 · full · Joint library · seed 1')
  })
  it('does not claim a length that only the model’s own file tells', () => {
    const cut = run(1, 0.3, { recipe: { target: 'log2', adapters: 'cut' } as Run['recipe'] })
    expect(modelGroups([cut], [], [], datasets)[0]!.choices[0]!.length).toBeNull()
    expect(modelGroups([run(1, 0.3)], [], [], new Map())[0]!.choices[0]!.length).toBeNull()
    expect(choiceOf('run,1').length).toBe(230)
  })
})

describe('searchGroups', () => {
  it('finds all words, in either case, in whatever order', () => {
    expect(searchGroups(groups, ' LIBRARY best ').flatMap(({ choices }) => choices.map(({ key }) => key))).toEqual(['ensemble,2', 'run,4'])
    expect(searchGroups(groups, 'nobody')).toEqual([])
    expect(searchGroups(groups, '')).toEqual(groups)
  })
})

describe('whyNotTogether', () => {
  it.each<[string, string[], string | null]>([
    ['run,1', [], null],
    ['run,1', ['run,4', 'ensemble,2'], null],
    ['model,3', ['run,1'], 'Predicts specificity between cell types; Run 1 predicts log2(RNA/DNA).'],
    ['model,3', ['model,3', 'run,1'], null],
  ])('of %s beside %j', (key, chosen, reason) => {
    expect(whyNotTogether(choiceOf(key), chosen.map(choiceOf))).toBe(reason)
  })
  it('tells lengths apart, and how many are too many', () => {
    const shorter: ModelChoice = { ...choiceOf('run,1'), key: 'run,9', length: 200 }
    expect(whyNotTogether(shorter, [choiceOf('run,4')])).toBe('Reads 200 bases; The best reads 230.')
    expect(whyNotTogether({ ...shorter, length: null }, [choiceOf('run,4')])).toBeNull()
    const many = Array.from({ length: MOST_MODELS }, (_, i): ModelChoice => ({ ...choiceOf('run,1'), key: `run,${100 + i}` }))
    expect(whyNotTogether(choiceOf('run,1'), many)).toBe('A scan has 20 models at most.')
  })
})

describe('askedModels', () => {
  it.each([
    [{ run: '4' }, [{ run: 4 }]],
    [{ runs: '4,7,4' }, [{ run: 4 }, { run: 7 }]],
    [{ ensemble: '2', run: '1' }, [{ run: 1 }, { ensemble: 2 }]],
    [{ model: '3' }, [{ model: 3 }]],
    [{ run: 'x', runs: '-1,,1e9,' }, []],
    [{}, []],
  ])('reads %j', (query, asked) => {
    expect(askedModels(query)).toEqual(asked)
  })
})

it('names what is gone', () => {
  expect(goneInWords([{ run: 4 }, { ensemble: 2 }, { model: 3 }])).toBe('Run 4, Ensemble 2 and Model 3')
})
