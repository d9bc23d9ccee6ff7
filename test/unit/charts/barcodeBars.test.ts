import { expect, it } from 'vitest'
import { barcodeBarsOption, barcodeBarsTable, barsShown } from '../../../src/charts/barcodeBars.ts'
import { lightInk } from '../../../src/charts/ink.ts'

const counts = Array.from({ length: 201 }, (_, n) => (n < 60 ? 10 : n === 200 ? 2 : 0))

interface Bars {
  readonly series: [
    { readonly data: { readonly value: number; readonly itemStyle: { readonly color: string } }[]; readonly markLine?: unknown },
  ]
}
const bars = (minimum: number) => (barcodeBarsOption(counts, minimum, lightInk) as unknown as Bars).series[0]

it('shows most of the values, and whatever is near the minimum; the last bar holds the rest', () => {
  expect(barsShown(counts, 0)).toBe(59)
  expect(barsShown(counts, 120)).toBe(125)
  const { data } = bars(10)
  expect(data.reduce((sum, { value }) => sum + value, 0)).toBe(602)
  expect(data.at(-1)!.value).toBe(12)
})

it('draws what is left out hollow', () => {
  const { data } = bars(10)
  expect(data.map(({ itemStyle }) => itemStyle.color === 'transparent').lastIndexOf(true)).toBe(9)
  expect(bars(0).markLine).toBeUndefined()
})

it('gives every count as a table', () => {
  const { header, rows } = barcodeBarsTable(counts)
  expect(header).toEqual(['barcodes', 'values'])
  expect(rows).toHaveLength(201)
  expect(rows.at(-1)).toEqual(['200 or more', 2])
})
