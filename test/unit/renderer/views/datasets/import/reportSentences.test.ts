import { describe, expect, it } from 'vitest'
import { barcodeSentence, exampleInWords, summarySentence } from '../../../../../../src/renderer/views/datasets/import/reportSentences.ts'

const cellType = (name: string, ceiling: number | null) => ({
  name,
  measured: 10,
  replicates: ceiling === null ? 1 : 3,
  mean: 0,
  sd: 1,
  replicateR: null,
  ceiling,
})
const summary = (cellTypes: ReturnType<typeof cellType>[], elements = 24_590) => ({
  summary: { elements, rows: 2 * elements, length: 230, cellTypes, adapters: { prefix: '', suffix: '', known: false } },
})

describe('summarySentence', () => {
  it('says elements, cell types, length and noise ceiling', () => {
    expect(summarySentence(summary([cellType('HepG2', 0.91), cellType('K562', 0.884)]))).toBe(
      '24,590 elements in HepG2 and K562, 49,180 activities in all, up to 230 bases long; the noise ceiling is r = 0.91 in HepG2 and 0.88 in K562.',
    )
  })

  it('says where the ceiling is not known, and where nothing is left', () => {
    expect(summarySentence(summary([cellType('HepG2', null)]))).toMatch(/the noise ceiling is not known, for want of replicates\.$/)
    expect(summarySentence(summary([], 0))).toBe('No element is left.')
  })

  it('counts cell types where they are many', () => {
    const many = Array.from({ length: 6 }, (_, i) => cellType(`c${i}`, 0.5 + i / 100))
    expect(summarySentence(summary(many))).toMatch(/in 6 cell types.*between r = 0\.50 and 0\.55/)
  })
})

describe('barcodeSentence', () => {
  it('counts what is below the minimum', () => {
    expect(barcodeSentence([1, 2, 3, 94], 3)).toBe('6 of 100 replicate values (6.0 %) are from fewer than 3 barcodes, and left out.')
    expect(barcodeSentence([1, 2, 3, 94], 0)).toMatch(/^0 of 100 replicate values \(0\.0 %\)/)
    expect(barcodeSentence([0, 1, 99_999], 2)).toMatch(/^1 of 100,000 replicate values \(under 0\.1 %\) is from/)
  })

  it('does not make up what the histogram does not hold', () => {
    expect(barcodeSentence([1, 2, 97], 5)).toMatch(/97 are from 2 barcodes or more; how many of those are from fewer than 5 the report/)
    expect(barcodeSentence([0, 0], 5)).toBe('No value says from how many barcodes it is.')
  })
})

it('an example says where it stands', () => {
  expect(exampleInWords({ name: 'enh_12', file: 'a.fa', line: 1048, detail: 'E is not a DNA letter.' })).toBe(
    'enh_12 — a.fa, line 1,048: E is not a DNA letter.',
  )
  expect(exampleInWords({ name: 'enh_12' })).toBe('enh_12')
})
