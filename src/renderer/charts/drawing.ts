import { BarChart, CustomChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, MarkLineComponent, TitleComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsType } from 'echarts/core'
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

/** A live chart on an element. A canvas, because the page's policy allows no inline style, which SVG text would need. */
export function drawOn(element: HTMLElement): EChartsType {
  return init(element, null, { renderer: 'canvas' })
}

export interface Figure {
  readonly option: EChartsOption
  readonly sentence: string
  readonly width: number
  readonly height: number
}
const LINE = 20
const captionHeight = (lines: readonly string[]) => lines.length * LINE + 16

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

/** The same as a PNG, at three times the size, for slides and print. */
export function toPng({ option, sentence, width, height }: Figure): Promise<Blob> {
  const scale = 3
  const chart = init(document.createElement('div'), null, { renderer: 'canvas', width, height })
  chart.setOption(option)
  const drawing = chart.renderToCanvas({ pixelRatio: scale, backgroundColor: lightInk.surface })
  chart.dispose()
  const lines = wrapText(sentence, width)
  const top = captionHeight(lines)
  const canvas = document.createElement('canvas')
  canvas.width = width * scale
  canvas.height = (height + top) * scale
  const pen = canvas.getContext('2d')!
  pen.scale(scale, scale)
  pen.fillStyle = lightInk.surface
  pen.fillRect(0, 0, width, height + top)
  pen.fillStyle = lightInk.text
  pen.font = `14px ${chartFont}`
  for (const [index, line] of lines.entries()) pen.fillText(line, 12, 22 + index * LINE)
  pen.drawImage(drawing, 0, top, width, height)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the chart could not be drawn'))), 'image/png'),
  )
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
