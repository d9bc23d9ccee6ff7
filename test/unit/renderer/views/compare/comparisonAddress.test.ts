import { describe, expect, it } from 'vitest'
import { readAddress, writeAddress, type ComparisonAddress } from '../../../../../src/renderer/views/compare/comparisonAddress.ts'
import { emptyDraft } from '../../../../../src/renderer/views/datasets/filterDraft.ts'

const all: ComparisonAddress = {
  dataset: 3,
  runs: [4, 7],
  ensembles: [2],
  set: 'test-log2-1',
  filter: { ...emptyDraft(), search: 'ACG', cellTypes: ['HepG2', 'K562, wild'], gcFrom: '40', split: 5, parts: ['test'] },
  measure: 'rmse',
  line: 'run 4',
  member: 0,
  a: 'run 4',
  b: 'ensemble 2',
  cellType: 'all',
}

describe('the address of a comparison', () => {
  it('opens the same again', () => {
    expect(readAddress(writeAddress(all))).toEqual(all)
  })

  it('says nothing of what is as it is by itself', () => {
    const plain = readAddress({})
    expect(writeAddress(plain)).toEqual({})
    expect(plain).toMatchObject({ dataset: null, runs: null, ensembles: [], measure: 'pearson', filter: emptyDraft() })
  })

  it('tells all runs from none', () => {
    expect(readAddress(writeAddress({ ...all, runs: [] })).runs).toEqual([])
    expect(readAddress({ runs: '' }).runs).toBeNull()
  })

  it('reads the runs that the list of experiments hands over', () => {
    expect(readAddress({ dataset: '1', runs: '12,3,3' })).toMatchObject({ dataset: 1, runs: [12, 3] })
  })

  it.each([
    ['not JSON', '{'],
    ['not an object', '7'],
    ['unknown and wrong fields', '{"colour":"red","search":5,"cellTypes":"HepG2","parts":["all"],"split":"x"}'],
  ])('takes a filter that is %s for none', (_, filter) => {
    expect(readAddress({ filter, dataset: 'one', measure: 'r', runs: 'a,b' })).toEqual(readAddress({}))
  })
})
