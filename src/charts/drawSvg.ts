import { BarChart, CustomChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, MarkLineComponent, TitleComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'
import type { EChartsOption } from 'echarts'
import { chartFont, lightInk } from './ink.ts'
import { wrapText } from './wrapText.ts'

use([
  BarChart,
  CustomChart,
  LineChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  CanvasRenderer,
  SVGRenderer,
])

export interface Figure {
  readonly option: EChartsOption
  readonly sentence: string
  readonly width: number
  readonly height: number
}
/** Height of a line of the sentence on top, px. */
export const LINE = 20
/** Height that the sentence on top takes, px. */
export const captionHeight = (lines: readonly string[]) => lines.length * LINE + 16

/** The chart as an SVG file on white, its text as text, with the sentence on top. */
export function toSvg({ option, sentence, width, height }: Figure): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  chart.setOption(option)
  const drawing = chart.renderToSVGString()
  chart.dispose()
  const lines = wrapText(sentence, width)
  const top = captionHeight(lines)
  const caption = lines.map((line, index) => `<tspan x="12" y="${22 + index * LINE}">${escapeXml(line)}</tspan>`).join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + top}" viewBox="0 0 ${width} ${height + top}">` +
    `<rect width="100%" height="100%" fill="${lightInk.surface}"/>` +
    `<text font-family="${escapeXml(chartFont)}" font-size="14" fill="${lightInk.text}">${caption}</text>` +
    `<g transform="translate(0 ${top})">${drawing}</g></svg>`
  )
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
