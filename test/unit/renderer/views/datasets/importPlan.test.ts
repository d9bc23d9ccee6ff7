import { describe, expect, it } from 'vitest'
import { guessedMapping, importPlan, suggestedName, type ChosenFile } from '../../../../../src/renderer/views/datasets/importPlan.ts'
import type { Inspection } from '../../../../../src/shared/domain/dataset.ts'

const source = (name: string) => ({ kind: 'upload', upload: `upload of ${name}`, name }) as const
const file = (inspection: Inspection, more: Partial<ChosenFile> = {}): ChosenFile => ({
  source: source(inspection.file),
  inspection,
  cellType: inspection.kind === 'activity' ? inspection.cellType : '',
  mapping: guessedMapping(inspection),
  ...more,
})
const fasta = file({ kind: 'fasta', file: 'ENCFF795PSI.fasta', firstName: 'a', length: 230 })
const activity = (cellType: string) => file({ kind: 'activity', file: `${cellType}.tsv`, cellType })
const table = file({
  kind: 'table',
  file: 'HepG2.tsv.gz',
  header: ['seq_id', 'seq', 'mean_value', 'batch'],
  columns: { name: 'seq_id', sequence: 'seq', activities: { HepG2: 'mean_value' } },
  preview: [],
})

describe('importPlan', () => {
  it('joins a FASTA with activity files in any order', () => {
    expect(importPlan([activity('K562'), fasta, activity('HepG2')])).toEqual({
      files: {
        kind: 'encode',
        fasta: source('ENCFF795PSI.fasta'),
        activities: [
          { cellType: 'K562', source: source('K562.tsv') },
          { cellType: 'HepG2', source: source('HepG2.tsv') },
        ],
      },
    })
  })

  it('takes a table with the columns that were guessed or chosen', () => {
    expect(importPlan([table])).toEqual({
      files: {
        kind: 'table',
        source: source('HepG2.tsv.gz'),
        columns: { name: 'seq_id', sequence: 'seq', activities: { HepG2: 'mean_value' } },
      },
    })
  })

  it.each<[string, readonly ChosenFile[], RegExp]>([
    ['nothing chosen', [], /Choose the files/],
    ['no sequences', [activity('K562')], /Add the FASTA/],
    ['no activity', [fasta], /activity file of at least one cell type/],
    ['two FASTA', [fasta, { ...fasta }, activity('K562')], /Keep one FASTA/],
    ['two tables', [table, { ...table }], /one table at a time/],
    ['a table beside other files', [table, fasta], /remove the other files/],
    ['one cell type twice', [fasta, activity('K562'), { ...activity('HepG2'), cellType: ' K562 ' }], /Two files are named K562/],
    ['a cell type without a name', [fasta, { ...activity('K562'), cellType: ' ' }], /Name the cell type of K562\.tsv/],
    ['an unusable file', [fasta, activity('K562'), file({ kind: 'unusable', file: 'x.pdf', message: 'm', hint: 'h' })], /Remove x\.pdf/],
    ['no name column', [{ ...table, mapping: { ...table.mapping, name: null } }], /which column holds the names/],
    ['no sequence column', [{ ...table, mapping: { ...table.mapping, sequence: null } }], /which column holds the DNA sequences/],
    ['no activity column', [{ ...table, mapping: { ...table.mapping, activities: {} } }], /which column holds the activity/],
    [
      'two columns of one cell type',
      [{ ...table, mapping: { ...table.mapping, activities: { a: 'HepG2', b: 'HepG2' } } }],
      /Two columns are named HepG2/,
    ],
    ['a column without its cell type', [{ ...table, mapping: { ...table.mapping, activities: { a: '' } } }], /cell type of the column a/],
  ])('says what is missing: %s', (_, files, missing) => {
    expect(importPlan(files)).toEqual({ missing: expect.stringMatching(missing) as string })
  })

  describe('of a table whose columns were not recognised', () => {
    const unknown = (header: string[], ...preview: string[][]) => file({ kind: 'table', file: 'x.tsv', header, columns: null, preview })
    const missing = (chosen: ChosenFile, more: readonly ChosenFile[] = []) => (importPlan([chosen, ...more]) as { missing: string }).missing

    it('asks for the sequences first, and says that no column looks like them', () => {
      const plan = missing(unknown(['id', 'HepG2'], ['a', '1.5'], ['b', 'NA']))
      expect(plan).toMatch(/^Say which column holds the DNA sequences\. None of the columns looks like DNA; if .* FASTA/)
    })

    it('does not ask for sequences that are plain to see, but for the activities', () => {
      expect(missing(unknown(['id', 'dna', 'batch'], ['a', 'ACGTACGTACGT', 'x']))).toBe(
        'Say which column holds the activity of a cell type. None of the columns holds numbers alone.',
      )
    })

    it('asks for the names last', () => {
      const chosen = unknown(['dna', 'HepG2'], ['ACGTACGTACGT', '1'])
      expect(missing({ ...chosen, mapping: { ...chosen.mapping, activities: { HepG2: 'HepG2' } } })).toMatch(/holds the names/)
    })

    it('says which value of an activity is no number', () => {
      const chosen = unknown(['id', 'dna', 'HepG2'], ['a', 'ACGTACGTACGT', 'high'], ['b', 'ACGTACGTACGA', 'low'])
      expect(missing({ ...chosen, mapping: { ...chosen.mapping, name: 'id', activities: { HepG2: 'HepG2' } } })).toMatch(
        /The column HepG2 cannot be an activity: .*“high”/,
      )
    })

    it('says that such a table is not joined with a FASTA', () => {
      expect(missing(unknown(['id', 'HepG2'], ['a', '1.5']), [fasta])).toMatch(/x\.tsv cannot be joined with ENCFF795PSI\.fasta/)
    })
  })

  it('suggests a name from the file with the sequences', () => {
    expect(suggestedName([activity('K562'), fasta])).toBe('ENCFF795PSI')
    expect(suggestedName([table])).toBe('HepG2')
    expect(suggestedName([])).toBe('')
  })
})
