import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { ImportPlan } from '../../../../../src/shared/domain/importing.ts'
import { tableMappingSchema, type ColumnRole } from '../../../../../src/shared/domain/mapping.ts'
import { templateHandlers } from '../../../../../src/main/datasets/importing/templateHandlers.ts'
import { readContent } from '../../../../../src/main/db/datasetContent.ts'
import { context, importPlan, now, path, testWorkbench, text } from '../datasetFixtures.ts'

const DNA = 'ACGTACGTACGT'
const mappingOf = (columns: Record<string, ColumnRole>, rest: object = {}) =>
  tableMappingSchema.parse({ columns: Object.entries(columns).map(([column, is]) => ({ column, is })), ...rest })
const plan = (content: string, columns: Record<string, ColumnRole>, rest: object = {}): ImportPlan => ({
  sequences: { kind: 'table' },
  tables: [{ source: text('t.tsv', content), mapping: mappingOf(columns, rest) }],
})
const name: ColumnRole = { role: 'name' }
const sequence: ColumnRole = { role: 'sequence' }

describe('one dataset in several forms', () => {
  it('wide, long, with replicates as rows, or out of two tables: the fingerprint is the same', async () => {
    const workbench = testWorkbench()
    const wide = plan(`n\ts\tK1\tK2\tH\na\t${DNA}\t1\t2\t3\nb\t${DNA}A\t4\tNA\t6\n`, {
      n: name,
      s: sequence,
      K1: { role: 'activity', cellType: 'K562', replicate: '1' },
      K2: { role: 'activity', cellType: 'K562', replicate: '2' },
      H: { role: 'activity', cellType: 'HepG2', replicate: '1' },
    })
    const long = plan(
      `n\ts\tcell\trep\tv\nb\t${DNA}A\tHepG2\t1\t6\na\t${DNA}\tK562\t2\t2\na\t${DNA}\tHepG2\t1\t3\nb\t${DNA}A\tK562\t1\t4\na\t${DNA}\tK562\t1\t1\n`,
      { n: name, s: sequence, cell: { role: 'cellType' }, rep: { role: 'replicate' }, v: { role: 'activity' } },
    )
    const headless = plan(
      `a,${DNA},1,2\nb,${DNA}A,4,\n`,
      {
        'Column 1': name,
        'Column 2': sequence,
        'Column 3': { role: 'activity', replicate: '1' },
        'Column 4': { role: 'activity', replicate: '2' },
      },
      { header: 'none', cellType: 'K562' },
    )
    const two: ImportPlan = {
      sequences: { kind: 'table' },
      tables: [
        ...headless.tables,
        { source: text('h.csv', 'id,HepG2\nb,6\na,3\n'), mapping: mappingOf({ id: name, HepG2: { role: 'activity', cellType: 'HepG2' } }) },
      ],
    }
    const marks = []
    for (const [i, one] of [wide, long, two].entries()) marks.push((await importPlan(workbench, one, String(i))).fingerprint)
    expect(new Set(marks).size).toBe(1)
  })

  it('a sheet of a workbook, with its date told of', async () => {
    const workbench = testWorkbench()
    // Made by test/fixtures/workbooks/make-workbook.py.
    const source = path(fileURLToPath(new URL('../../../../fixtures/workbooks/table.xlsx', import.meta.url)))
    const [inspection] = await workbench.datasets.inspect({ sources: [source], sheet: 'Données' }, context())
    if (inspection?.kind !== 'table') throw new Error('not recognised')
    expect(inspection).toMatchObject({ sheets: ['Notes & more', 'Données'], format: { delimiter: null } })
    const tables = [{ source, sheet: 'Données', mapping: inspection.mapping }]
    const dataset = await importPlan(workbench, { sequences: { kind: 'table' }, tables })
    expect(dataset.cellTypes.map(({ name: cellType, replicates, measured }) => [cellType, replicates, measured])).toEqual([['HepG2', 2, 5]])
    expect(dataset.report.notes.find(({ kind }) => kind === 'excel-dates')?.examples).toMatchObject([{ name: '2026-09-02', line: 4 }])
    expect(readContent(workbench.database, dataset.id).names).toContain('enh <1>')
  })
})

describe('a mapping that does not fit is refused in words', () => {
  const content = `n\ts\tv\tw\na\t${DNA}\t1\t2\n`
  const activity: ColumnRole = { role: 'activity', cellType: 'K562' }
  it.each([
    ['two columns of names', { n: name, v: name, s: sequence, w: activity }, /^Two columns of t.tsv were chosen for the names: n and v\.$/],
    ['no names', { s: sequence, v: activity }, /^No column of t.tsv was chosen for the names\.$/],
    ['no sequences', { n: name, v: activity }, /^No column was chosen for the sequences\.$/],
    ['a cell type twice', { n: name, s: sequence, v: activity, w: activity }, /^K562 is named twice\.$/],
    [
      'a missing column',
      { n: name, s: sequence, x: activity },
      /^t.tsv, line 1: the column x is missing\. The columns there are n, s, v, w\.$/,
    ],
    [
      'activities and counts',
      { n: name, s: sequence, v: activity, w: { role: 'rna', cellType: 'K562' } },
      /activities and counts for the same replicate/,
    ],
    ['the name “all”', { n: name, s: sequence, v: { role: 'activity', cellType: 'all' } }, /cannot be the name of one/],
  ] as const)('%s', async (_what, columns, message) => {
    await expect(importPlan(testWorkbench(), plan(content, columns as Record<string, ColumnRole>))).rejects.toThrow(message)
  })

  it('a name with two sequences, unless both are to be left out', async () => {
    const twice = plan(`n\ts\tv\na\t${DNA}\t1\na\t${DNA}T\t2\nb\t${DNA}C\t3\n`, { n: name, s: sequence, v: activity })
    await expect(importPlan(testWorkbench(), twice)).rejects.toThrow(
      't.tsv, line 3: the name a stood before, at line 2, with another sequence.',
    )
    const workbench = testWorkbench()
    const dataset = await importPlan(workbench, twice, 'x', { conflictingNames: 'skip' })
    expect(readContent(workbench.database, dataset.id).names).toEqual(['b'])
  })
})

describe('templates', () => {
  it('are kept under their names, replaced, listed and removed', async () => {
    const { database } = testWorkbench()
    const templates = templateHandlers(database, now)
    const mapping = mappingOf({ n: name, v: { role: 'activity', cellType: 'K562', replicate: '2' } }, { decimal: ',' })
    await templates.save({ name: 'Labor Süd', mapping: mappingOf({ n: name }) }, context())
    await templates.save({ name: 'Labor Süd', mapping }, context())
    await templates.save({ name: 'A', mapping }, context())
    expect(templates.list({}, context())).toEqual([
      { name: 'A', mapping, createdAt: now().toISOString() },
      { name: 'Labor Süd', mapping, createdAt: now().toISOString() },
    ])
    await templates.remove({ name: 'A' }, context())
    await expect(async () => templates.remove({ name: 'A' }, context())).rejects.toMatchObject({ code: 'not-found' })
    expect(templates.list({}, context())).toHaveLength(1)
  })
})
