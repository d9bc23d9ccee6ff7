import readXlsxFile from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatDecimal } from '../../../../src/shared/text/numbers.ts'
import { makeWorkspace, openSmall, shortRecipe, type OpenedWorkbench } from '../support/smallWorkspace.ts'

let workspace: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
beforeAll(async () => {
  workspace = makeWorkspace()
  opened = await openSmall(workspace.folder)
  const launched = await opened.calls.experiments.launch({
    dataset: workspace.dataset,
    split: { kind: 'group', seed: 1 },
    variants: ['baseline', 'embedding'],
    recipe: { ...shortRecipe, epochs: 2 },
    seeds: [1, 2],
  })
  const runs = await Promise.all(launched.map(({ id }) => opened.until(id, 'completed')))
  await opened.calls.ensembles.make({ name: 'All four', runs: runs.map(({ id }) => id) })
})
afterAll(async () => {
  await opened.workbench.close()
  workspace.remove()
})

const make = async (format: 'html' | 'pdf' | 'xlsx') => {
  const ensembles = (await opened.calls.ensembles.list({})).map(({ id }) => id)
  return {
    ...(await opened.calls.reports.make({ dataset: workspace.dataset, ensembles, measure: 'spearman', question: 'Which?', format })),
    ensembles,
  }
}

describe('the report of a comparison', () => {
  it('has the numbers and the verdicts of the page’s own calls', async () => {
    const { bytes, fileName, ensembles } = await make('html')
    expect(fileName).toBe('small report.html')
    const cells = [...new TextDecoder().decode(bytes).matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, text]) => text!)
    const selection = { dataset: workspace.dataset, ensembles }
    const certainty = await opened.calls.comparisons.certainty({ ...selection, measure: 'spearman' })
    const comparison = await opened.calls.comparisons.compare(selection)
    expect(comparison.lines.map(({ label }) => label)).toEqual(expect.arrayContaining(['baseline', 'embedding']))
    expect(certainty.cells).toHaveLength(9)
    const joined = `|${cells.join('|')}|`
    for (const { mean, low, high, sd } of certainty.cells)
      expect(joined).toContain(`|${[mean, low, high, sd].map((value) => formatDecimal(value)).join('|')}|`)
    for (const { difference, low, high } of certainty.pairs)
      expect(joined).toContain(`|${[difference, low, high].map((value) => formatDecimal(value)).join('|')}|`)
    const text = new TextDecoder().decode(bytes)
    const escaped = (words: string) =>
      words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
    for (const { sentence } of certainty.verdicts) expect(text).toContain(escaped(sentence))
    expect(text).toContain('<p>Which?</p>')
    expect(text).toContain('Ensemble All four: runs')
  })

  it('is a PDF and a workbook as well', async () => {
    const pdf = await make('pdf')
    expect(pdf.fileName).toBe('small report.pdf')
    expect(Buffer.from(pdf.bytes.subarray(0, 5)).toString()).toBe('%PDF-')
    const xlsx = await make('xlsx')
    const sheets = await readXlsxFile(Buffer.from(xlsx.bytes))
    const { rows } = await opened.calls.comparisons.compare({ dataset: workspace.dataset, ensembles: xlsx.ensembles })
    const spearman = sheets
      .find(({ sheet }) => sheet === 'Measures')!
      .data.slice(1)
      .map((row) => row[6])
    expect(spearman).toEqual(rows.map((row) => row.spearman))
  })

  it('says in words which elements a filter keeps', async () => {
    const { fileName, bytes } = await opened.calls.reports.make({
      dataset: workspace.dataset,
      filter: { gc: { from: 0.5, to: null }, search: '<A' },
      format: 'html',
    })
    expect(fileName).toBe('small report filtered.html')
    expect(new TextDecoder().decode(bytes)).toContain('name or sequence holding “&lt;A”; GC of at least 50 %')
    const { bytes: kept } = await opened.calls.reports.make({
      dataset: workspace.dataset,
      filter: { gc: { from: 0.5, to: null } },
      format: 'html',
    })
    const text = new TextDecoder().decode(kept)
    expect(text).toMatch(
      /By Pearson r on \d+ test elements in \d+ groups of related sequences \(only those that a filter keeps: GC of at least 50 %\)\./,
    )
    expect(text).toMatch(/the same \d+ test elements of small \(\d+ groups; chosen by GC of at least 50 %\)/)
  })

  it('says so where nothing can be compared', async () => {
    const { bytes } = await opened.calls.reports.make({ dataset: workspace.dataset, runs: [], format: 'html' })
    expect(new TextDecoder().decode(bytes)).toContain('There is nothing to compare')
  })

  it('tells how far it is', async () => {
    const stages: string[] = []
    await opened.calls.reports.make({ dataset: workspace.dataset, format: 'html' }, { onProgress: ({ stage }) => stages.push(stage) })
    expect(stages).toEqual(expect.arrayContaining(['Comparing', 'Looking at predictions', 'Reading runs', 'Writing the report']))
  })
})

describe('any table', () => {
  it('is a workbook of one sheet, its names as they are', async () => {
    const rows = [
      ['SEPT2', 1.5],
      ['1-Mar', null],
      ['00123', -2],
    ]
    const { fileName, bytes } = await opened.calls.reports.workbook({ name: 'top/genes', header: ['name', 'value'], rows })
    expect(fileName).toBe('top_genes.xlsx')
    const [sheet] = await readXlsxFile(Buffer.from(bytes))
    expect(sheet).toEqual({ sheet: 'top genes', data: [['name', 'value'], ...rows] })
  })
})
