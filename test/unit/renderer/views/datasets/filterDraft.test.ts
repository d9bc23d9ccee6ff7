import { describe, expect, it } from 'vitest'
import { emptyDraft, filterOf, numberProblems } from '../../../../../src/renderer/views/datasets/filterDraft.ts'
import { filterSentence } from '../../../../../src/shared/text/filterSentence.ts'
import { elementFilterSchema, everyElement, keepsAll } from '../../../../../src/shared/domain/elementFilter.ts'

const name = (id: number) => `split ${id}`

describe('the filter form', () => {
  it('asks for nothing while it is empty', () => {
    expect(filterOf(emptyDraft())).toEqual(everyElement)
    expect(keepsAll(filterOf(emptyDraft()))).toBe(true)
    expect(filterSentence(everyElement, name)).toBe('')
  })

  it('is read as people write, and told back in words', () => {
    const filter = filterOf({
      ...emptyDraft(),
      search: ' GATA ',
      cellTypes: ['HepG2', 'K562'],
      complete: true,
      activityIn: 'HepG2',
      activityFrom: '−0,5',
      lengthTo: '200',
      gcFrom: '40',
      gcTo: '60.5',
      barcodes: '10',
      labelColumn: 'class',
      labelValues: ['enhancer'],
      split: 3,
      parts: ['test'],
    })
    expect(elementFilterSchema.parse(filter)).toEqual(filter)
    expect(filter).toMatchObject({
      search: 'GATA',
      activity: [{ cellType: 'HepG2', from: -0.5, to: null }],
      length: { from: null, to: 200 },
      gc: { from: 0.4, to: 0.605 },
      barcodes: 10,
      part: { split: 3, parts: ['test'] },
    })
    expect(filterSentence(filter, name)).toBe(
      'name or sequence holding “GATA”; measured in all of HepG2 and K562; activity in HepG2 of at least −0.5; length of at most 200 bases; GC 40 to 60.5 %; at least 10 barcodes a replicate; class: enhancer; the test part of the split “split 3”',
    )
  })

  it('asks for nothing where a field holds no number, and says which', () => {
    const draft = { ...emptyDraft(), lengthFrom: 'long', activityIn: 'HepG2', activityTo: '1' }
    expect(numberProblems(draft)).toEqual(new Set(['lengthFrom']))
    expect(filterOf(draft)).toMatchObject({ length: null, activity: [{ cellType: 'HepG2', from: null, to: 1 }] })
  })

  it('does not take half of a choice for one', () => {
    const draft = { ...emptyDraft(), activityFrom: '1', labelColumn: 'class', split: 3 }
    expect(keepsAll(filterOf(draft))).toBe(true)
  })
})
