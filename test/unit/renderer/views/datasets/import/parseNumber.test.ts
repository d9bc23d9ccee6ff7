import { expect, it } from 'vitest'
import { parseNumber } from '../../../../../../src/renderer/views/datasets/import/parseNumber.ts'

it.each([
  ['10', true, 10],
  [' 0 ', true, 0],
  ['1.5', true, null],
  ['101', true, null],
  ['1,5', false, 1.5],
  ['.5', false, 0.5],
  ['1e1', false, 10],
  ['-1', false, null],
  ['ten', false, null],
  ['', false, null],
])('%j is read as a number within its limits', (text, whole, number) => {
  expect(parseNumber(text, { whole, min: 0, max: 100 })).toBe(number)
})
