import readXlsxFile from 'read-excel-file/node'
import { SaxesParser } from 'saxes'
import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { composeReport } from '../../../../src/main/reports/composeReport.ts'
import { inPdfLetters } from '../../../../src/main/reports/pdfFont.ts'
import type { Report, ReportTable } from '../../../../src/main/reports/report.ts'
import { reportWorkbook } from '../../../../src/main/reports/reportWorkbook.ts'
import { writeHtml } from '../../../../src/main/reports/writeHtml.ts'
import { writePdf } from '../../../../src/main/reports/writePdf.ts'
import { writeWorkbook } from '../../../../src/main/files/writeWorkbook.ts'
import { recipes } from '../../../../src/shared/domain/recipe.ts'
import { formatDecimal } from '../../../../src/shared/text/numbers.ts'
import { makeMaterial, ODD_NAME } from './materialFixture.ts'

const material = makeMaterial()
const report = composeReport(material)
const textOf = ({ sections }: Report) =>
  JSON.stringify(sections.map(({ title, blocks }) => [title, blocks.filter(({ kind }) => kind !== 'figure')]))
const tables = (of: Report) => of.sections.flatMap(({ blocks }) => blocks.filter((block): block is ReportTable => block.kind === 'table'))

/** The document as a tree of elements with their text, told by a strict XML parser: void elements closed for it. */
function parseHtml(html: string) {
  const parser = new SaxesParser()
  const texts: { path: string[]; text: string }[] = []
  const names: string[] = []
  const attributes: [string, string, string][] = []
  const path: string[] = []
  parser.on('opentag', ({ name, attributes: given }) => {
    path.push(name)
    names.push(name)
    for (const [attribute, value] of Object.entries(given)) attributes.push([name, attribute, value])
  })
  parser.on('closetag', () => void path.pop())
  parser.on('text', (text) => texts.push({ path: [...path], text }))
  parser.on('error', (fault) => {
    throw fault
  })
  parser.write(html.replace('<!doctype html>', '').replace(/<meta ([^>]*)>/g, '<meta $1/>')).close()
  return { texts, names, attributes }
}

describe('a report', () => {
  it('has a question, an answer, data, methods, results, figures, provenance and references', () => {
    expect(report.sections.map(({ title }) => title)).toEqual([
      'Question',
      'Answer',
      'Data',
      'Methods',
      'Results',
      'Figures',
      'Provenance',
      'References',
    ])
  })

  it('asks in the person’s words where they said some', () => {
    const own = composeReport({ ...material, question: 'Is attention worth it?' })
    expect(own.sections[0]!.blocks[0]).toEqual({ kind: 'paragraph', text: 'Is attention worth it?' })
  })

  it('says of the data what its import saw, and what the split shares', () => {
    const text = textOf(report)
    for (const words of [
      'library <1>.fa',
      'd'.repeat(64),
      'f'.repeat(64),
      '0.91234',
      'Two elements have an N.',
      'No test or validation sequence was seen in training',
    ])
      expect(text).toContain(words)
  })

  it('describes what was done, and cites it', () => {
    const methods = JSON.stringify(report.sections.find(({ title }) => title === 'Methods'))
    expect(methods).toContain(
      'for 20 epochs in batches of 64 sequences with Adam and an L2 penalty of 0.0001; the loss was the mean squared error.',
    )
    expect(methods).toContain('(1,000 resamples, seed 1)')
    expect(methods).not.toContain('“attention”')
    const references = JSON.stringify(report.sections.at(-1))
    expect(references).toContain('Kingma')
    expect(references).toContain('Agarwal')
    expect(references).not.toContain('Loshchilov')
  })

  it('shows what was published only beside the seed recipe, and says so', () => {
    expect(tables(report).find(({ name }) => name === 'Published')?.caption).toMatch(/^Published, not measured here/)
    const other = composeReport({ ...material, runs: material.runs.map((run) => ({ ...run, recipe: recipes.default })) })
    expect(tables(other).map(({ name }) => name)).not.toContain('Published')
  })

  it('holds with nothing to compare', async () => {
    const none = composeReport({
      ...material,
      comparison: { ...material.comparison, set: null, lines: [], rows: [], testElements: 0 },
      certainty: { ...material.certainty, cells: [], pairs: [], verdicts: [] },
      curves: [],
      examinations: [],
      runs: [],
      splits: [],
    })
    expect(textOf(none)).toContain('There is nothing to compare')
    parseHtml(writeHtml(none))
    expect((await writePdf(none, material.madeAt)).byteLength).toBeGreaterThan(1000)
  })
})

describe('as HTML', () => {
  const html = writeHtml(report)
  const parsed = parseHtml(html)

  it('is well-formed, loads nothing and runs nothing', () => {
    expect(parsed.names).not.toContain('script')
    expect(parsed.names).not.toContain('b')
    expect(parsed.names).not.toContain('link')
    for (const [element, attribute, value] of parsed.attributes) {
      expect(attribute).not.toMatch(/^(on|src$|srcset$|data$|action$)/)
      if (/href$/.test(attribute)) expect(`${element} ${value}`).toMatch(/^\w+ #/)
    }
    expect(html.replace(/xmlns(:\w+)?="[^"]*"/g, '')).not.toMatch(/https?:\/\/|url\((?!['"]?#)|@import/)
  })

  it('has every name as it is', () => {
    expect(parsed.texts.some(({ text }) => text.includes(ODD_NAME))).toBe(true)
    expect(parsed.texts.some(({ text }) => text === 'K562 <wild>')).toBe(true)
  })

  it('has the numbers of the certainty, as the page shows them', () => {
    const cells = parsed.texts.filter(({ path }) => path.at(-1) === 'td').map(({ text }) => text)
    for (const { mean, low, high } of material.certainty.cells)
      expect(cells.join('|')).toContain([mean, low, high].map((value) => formatDecimal(value)).join('|'))
    for (const { difference, low, high } of material.certainty.pairs)
      expect(cells.join('|')).toContain([difference, low, high].map((value) => formatDecimal(value)).join('|'))
    expect(cells).toContain('–')
  })

  it('draws every figure with its text as text, each with names of its own', () => {
    const svgs = html.match(/<svg[\s\S]*?<\/svg>/g)!
    expect(svgs).toHaveLength(report.sections.find(({ title }) => title === 'Figures')!.blocks.length)
    for (const svg of svgs) expect(svg).toContain('<text')
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('is the same to the last byte when it is made again', () => {
    expect(writeHtml(composeReport(makeMaterial()))).toBe(html)
  })
})

describe('as PDF', () => {
  it('has numbered pages, drawings as drawings and the date of the report', async () => {
    const rows = Array.from({ length: 120 }, (_, i) => [`element ${i}`, i / 7])
    const long: ReportTable = {
      kind: 'table',
      name: 'Long',
      caption: 'Long',
      columns: [
        { label: 'Name', shown: 'text' },
        { label: 'Value', shown: 3 },
      ],
      rows,
    }
    const pdf = await writePdf({ ...report, sections: [...report.sections, { title: 'Long', blocks: [long] }] }, material.madeAt)
    const text = Buffer.from(pdf).toString('latin1')
    expect(text.slice(0, 7)).toMatch(/^%PDF-1/)
    expect(text.trimEnd().slice(-5)).toBe('%%EOF')
    const pages = text.match(/\/Type \/Page\b/g)!.length
    expect(pages).toBeGreaterThan(6)
    expect(text).toContain(`/Count ${pages}`)
    expect(text).toContain('(D:20260304050607Z)')
    expect(text).not.toContain('/Subtype /Image')
    // Text is shown by the page's own operators: TJ with glyphs of the embedded font.
    const streams = [...text.matchAll(/\/FlateDecode\n>>\nstream\n/g)].map((found) =>
      inflateSync(Buffer.from(pdf).subarray(found.index + found[0].length)).toString('latin1'),
    )
    expect(streams.filter((stream) => stream.includes('TJ')).length).toBeGreaterThanOrEqual(pages)
  })

  it('writes what its font lacks as numbers, and keeps the rest', () => {
    expect(inPdfLetters('Größe, α ± Ω − – “x” ≥ é ł')).toBe('Größe, α ± Ω − – “x” ≥ é ł')
    expect(inPdfLetters('中文 😀 a\tb')).toBe('[U+4E2D][U+6587] [U+1F600] a b')
  })
})

describe('as XLSX', () => {
  it('has a sheet a table, with every digit', async () => {
    const sheets = await readXlsxFile(Buffer.from(await writeWorkbook(reportWorkbook(report), new Date(material.madeAt))))
    expect(sheets.map(({ sheet }) => sheet)).toEqual(
      expect.arrayContaining([
        'Report',
        'Data',
        'Source files',
        'Cell types',
        'Comparison',
        'Differences',
        'Measures',
        'Published',
        'Runs',
        'Provenance',
      ]),
    )
    const comparison = sheets.find(({ sheet }) => sheet === 'Comparison')!.data
    expect(comparison[1]!.slice(0, 5)).toEqual([
      'HepG2',
      'baseline',
      material.certainty.cells[0]!.mean,
      material.certainty.cells[0]!.low,
      material.certainty.cells[0]!.high,
    ])
    const measures = sheets.find(({ sheet }) => sheet === 'Measures')!.data
    expect(measures.slice(1).map((row) => row[5])).toEqual(material.comparison.rows.map(({ pearson }) => pearson))
  })
})
