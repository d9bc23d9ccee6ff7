import { init, type EChartsType } from 'echarts/core'
import { captionHeight, LINE, type Figure } from '../../charts/drawSvg.ts'
import { chartFont, lightInk } from '../../charts/ink.ts'
import { wrapText } from '../../charts/wrapText.ts'

/** A live chart on an element. A canvas, because the page's policy allows no inline style, which SVG text would need. */
export function drawOn(element: HTMLElement): EChartsType {
  return init(element, null, { renderer: 'canvas' })
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
