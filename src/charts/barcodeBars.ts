import type { EChartsOption } from 'echarts'
import { countOf } from '../shared/text/numbers.ts'
import type { TsvCell } from '../shared/text/toTsv.ts'
import { chartBase, xAxis, yAxis } from './axes.ts'
import type { Ink } from './ink.ts'
import { mark } from './marks.ts'
import { niceCeiling } from './niceCeiling.ts'

export const BARCODE_BARS_HEIGHT = 200

/** How many bars are shown: up to where 98 % of the values lie, and past the minimum; the last holds the rest. */
export function barsShown(counts: readonly number[], minimum: number): number {
  const all = counts.reduce((sum, count) => sum + count, 0)
  let seen = 0
  const most = counts.findIndex((count) => (seen += count) >= 0.98 * all)
  return Math.min(counts.length - 1, Math.max(20, most + 1, minimum + 5))
}

/**
 * Replicate values by how many barcodes they are from. What lies below the minimum is hollow, what is kept is full, and a
 * dashed line stands between.
 *
 * @param counts values from n barcodes at n, those from more than all others at the end
 */
export function barcodeBarsOption(counts: readonly number[], minimum: number, ink: Ink): EChartsOption {
  const last = barsShown(counts, minimum)
  const bars = [...counts.slice(0, last), counts.slice(last).reduce((sum, count) => sum + count, 0)]
  const { colour } = mark(0, ink)
  const full = { color: colour, opacity: 0.85 }
  const hollow = { color: 'transparent', borderColor: ink.muted, borderWidth: 1 }
  return {
    ...chartBase(ink),
    legend: { show: false },
    grid: { left: 62, right: 16, top: 24, bottom: 48 },
    tooltip: {
      ...chartBase(ink).tooltip,
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: (params) => {
        const [{ dataIndex, value }] = params as unknown as [{ dataIndex: number; value: number }]
        const barcodes = dataIndex === last ? `${last} barcodes or more` : countOf(dataIndex, 'barcode')
        return `${barcodes}: ${countOf(value, 'value')}${dataIndex < minimum ? ', left out' : ''}`
      },
    },
    xAxis: xAxis(ink, 'Barcodes of a replicate value', {
      type: 'category',
      data: bars.map((_, n) => (n === last ? `${n}+` : String(n))),
      axisTick: { show: false },
    }),
    yAxis: yAxis(ink, 'Values', { type: 'value', min: 0, max: niceCeiling(Math.max(1, ...bars)), splitNumber: 3 }),
    series: [
      {
        type: 'bar',
        barCategoryGap: '12%',
        data: bars.map((value, n) => ({ value, itemStyle: n < minimum ? hollow : full })),
        ...(minimum > 0 &&
          minimum <= last && {
            markLine: {
              silent: true,
              symbol: 'none',
              lineStyle: { color: ink.text, type: 'dashed', width: 1.5 },
              label: { formatter: `minimum ${minimum}`, color: ink.text, fontSize: 12 },
              data: [{ xAxis: minimum }],
            },
          }),
      },
    ],
  }
}

/** The same as a table: a line a number of barcodes. */
export function barcodeBarsTable(counts: readonly number[]): { header: string[]; rows: TsvCell[][] } {
  return { header: ['barcodes', 'values'], rows: counts.map((count, n) => [n === counts.length - 1 ? `${n} or more` : n, count]) }
}
