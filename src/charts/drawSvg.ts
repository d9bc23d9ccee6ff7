import { BarChart, CustomChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, MarkLineComponent, TitleComponent, TooltipComponent } from 'echarts/components'
import { init, setPlatformAPI, use } from 'echarts/core'
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

/** Of the size of its letters, wide for most fonts: what is laid out by it does not overlap, whatever font the reader has. */
const WIDTH_OF_LETTER = 0.58
if (!('document' in globalThis)) {
  // Without a page there is nothing to measure text by, and ECharts' own estimate is narrow.
  setPlatformAPI({
    measureText: (text: string, font?: string) => ({
      width: text.length * WIDTH_OF_LETTER * Number(/(\d+(?:\.\d+)?)px/.exec(font ?? '')?.[1] ?? 12),
    }),
  })
}

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

/** The chart alone as SVG, its text as text. */
export function drawSvg({ option, width, height }: Omit<Figure, 'sentence'>): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  chart.setOption(option)
  const drawing = chart.renderToSVGString()
  chart.dispose()
  return drawing
}

/** The chart as an SVG file on white, its text as text, with the sentence on top. */
export function toSvg({ option, sentence, width, height }: Figure): string {
  const drawing = drawSvg({ option, width, height })
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
