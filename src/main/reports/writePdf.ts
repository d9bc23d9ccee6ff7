import pdfmake, { type Content } from 'pdfmake'
import { fontFiles, inPdfLetters } from './pdfFont.ts'
import { isNumeric, shownCell, type Report, type ReportBlock, type ReportTable } from './report.ts'

/** Points; A4 less its margins. */
const TEXT_WIDTH = 595.28 - 2 * 48
const NOTE =
  'Letters that the font of this document lacks stand as their numbers in Unicode, as in [U+4E2D]. The report as HTML has them all.'

/**
 * A report as a PDF on A4 with numbered pages. Tables go on over pages under their header.
 *
 * @param madeAt ISO 8601: stands in the file as its date, so that the same report gives the same document
 */
export async function writePdf({ title, subtitle, sections }: Report, madeAt: string): Promise<Uint8Array> {
  const fonts = fontFiles()
  const ownFonts = new Set(Object.values(fonts).flatMap((styles) => Object.values(styles)))
  pdfmake.setFonts(fonts)
  // A name in the data is never an address that is fetched, nor a file that is read.
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => ownFonts.has(path))
  const seen = { replaced: false }
  const letters = (text: string): string => {
    const written = inPdfLetters(text)
    if (written !== text) seen.replaced = true
    return written
  }
  const content: Content[] = [
    { text: letters(title), style: 'title' },
    { text: letters(subtitle), style: 'subtitle' },
    ...sections.flatMap((section): Content[] => [
      { text: letters(section.title), style: 'heading', headlineLevel: 1 },
      ...section.blocks.map((block) => toContent(block, letters)),
    ]),
  ]
  const buffer = await pdfmake
    .createPdf({
      info: {
        title: letters(title),
        subject: letters(subtitle),
        creator: 'Enhancer Workbench',
        creationDate: new Date(madeAt),
        modDate: new Date(madeAt),
      },
      lang: 'en-GB',
      pageSize: 'A4',
      pageMargins: [48, 48, 48, 56],
      content: seen.replaced ? [...content, { text: NOTE, style: 'caption', margin: [0, 16, 0, 0] }] : content,
      footer: (page, pages) => ({ text: `${page} of ${pages}`, style: 'footer' }),
      defaultStyle: { font: 'Roboto', fontSize: 9.5, lineHeight: 1.25, color: '#1a2026' },
      styles: {
        title: { fontSize: 20, bold: true, lineHeight: 1.1 },
        subtitle: { color: '#4c565e', margin: [0, 2, 0, 8] },
        heading: { fontSize: 14, bold: true, margin: [0, 14, 0, 6] },
        caption: { color: '#4c565e', fontSize: 8.5 },
        columnHead: { bold: true },
        footer: { alignment: 'center', color: '#4c565e', fontSize: 8.5, margin: [0, 20, 0, 0] },
      },
      // A heading never stands alone at the foot of a page.
      pageBreakBefore: ({ headlineLevel }, { getFollowingNodesOnPage }) => headlineLevel === 1 && getFollowingNodesOnPage().length === 0,
    })
    .getBuffer()
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

type Letters = (text: string) => string

function toContent(block: ReportBlock, letters: Letters): Content {
  switch (block.kind) {
    case 'paragraph':
      return { text: letters(block.text), margin: [0, 0, 0, 6] }
    case 'list':
      return { ul: block.items.map(letters), margin: [0, 0, 0, 6] }
    case 'facts':
      return {
        table: {
          widths: [150, '*'],
          body: block.facts.map(([label, value]) => [{ text: letters(label), style: 'caption' }, breakable(letters(value))]),
        },
        layout: 'noBorders',
        margin: [0, 0, 0, 8],
      }
    case 'table':
      return tableContent(block, letters)
    case 'figure': {
      const drawing = svgOf(block.svg, letters)
      return {
        stack: [
          { svg: drawing, width: Math.min(TEXT_WIDTH, widthOf(drawing)) },
          { text: letters(block.caption), style: 'caption', margin: [0, 2, 0, 0] },
        ],
        unbreakable: true,
        margin: [0, 6, 0, 10],
      }
    }
  }
}

function tableContent({ caption, columns, rows }: ReportTable, letters: Letters): Content {
  const shown = rows.map((row) => columns.map((column, c) => breakable(letters(shownCell(row[c] ?? null, column)))))
  const fontSize = columns.length > 9 ? 6.5 : 8
  const alignment = columns.map((column) => (isNumeric(column) ? 'right' : 'left'))
  const wanted = columns.map(({ label }, c) => lettersWanted([label, ...shown.map((row) => row[c]!)]))
  return {
    stack: [
      { text: letters(caption), style: 'caption', margin: [0, 2, 0, 4] },
      {
        table: {
          headerRows: 1,
          keepWithHeaderRows: 1,
          dontBreakRows: true,
          widths: columnWidths(wanted),
          body: [
            columns.map(({ label }, c) => ({ text: letters(label), style: 'columnHead', alignment: alignment[c]!, fontSize })),
            ...shown.map((row) => row.map((text, c) => ({ text, alignment: alignment[c]!, fontSize }))),
          ],
        },
        layout: {
          hLineWidth: (line) => (line === 0 ? 0 : line === 1 ? 0.8 : 0.4),
          vLineWidth: () => 0,
          hLineColor: () => '#9aa4ac',
          paddingLeft: () => 0,
          paddingRight: () => CELL_GAP,
          paddingTop: () => 1.5,
          paddingBottom: () => 1.5,
        },
      },
    ],
    margin: [0, 0, 0, 10],
  }
}

const CELL_GAP = 6
/** In letters: longer cells break over lines, longer words within themselves. */
const [LONGEST_CELL, LONGEST_WORD] = [30, 14]

/** How many letters a column should have room for: its longest word, and as much of its longest cell as is of use. */
function lettersWanted(texts: readonly string[]): number {
  return texts.reduce((most, text) => {
    const word = text.split(/[\s\u200b]/).reduce((longest, part) => Math.max(longest, part.length), 0)
    return Math.max(most, Math.min(LONGEST_WORD, word) + 1, Math.min(LONGEST_CELL, 0.6 * text.length))
  }, 4)
}

/** The page's width, dealt out in proportion. Points. */
function columnWidths(letters: readonly number[]): number[] {
  const sum = letters.reduce((total, wanted) => total + wanted, 0)
  const room = TEXT_WIDTH - CELL_GAP * letters.length
  return letters.map((wanted) => (room * wanted) / sum)
}

const ZERO_WIDTH_SPACE = '\u200b'

/** Long words such as fingerprints and element names may break anywhere; else they would run over their neighbour. */
function breakable(text: string): string {
  return text.replace(/\S{16,}/g, (word) => word.replace(/(.{8})(?=.)/gu, `$1${ZERO_WIDTH_SPACE}`))
}

/**
 * What is not of the first 127 characters is text in these drawings, never markup. The PDF writer knows no `paint-order`: the
 * halo of a text, which it would draw over it, is left out.
 */
function svgOf(svg: string, letters: Letters): string {
  return letters(svg).replace(/<text\b[^>]*>/g, (tag) =>
    tag.includes('paint-order="stroke"') ? tag.replace(/ (?:stroke|stroke-width|paint-order)="[^"]*"/g, '') : tag,
  )
}

function widthOf(svg: string): number {
  const width = Number(/^<svg[^>]*\swidth="([\d.]+)"/.exec(svg)?.[1])
  // A drawing's pixel is three quarters of a point.
  return Number.isFinite(width) ? width * 0.75 : TEXT_WIDTH
}
