import { describe, expect, it } from 'vitest'
import type { ChosenTable } from '../../../../src/renderer/stores/chosenFiles.ts'
import { tableProblem, tablesProblem } from '../../../../src/renderer/stores/tableProblem.ts'
import { activities, table } from './chosenFiles.ts'

const name = { role: 'name' } as const
const activity = (cellType?: string, replicate?: string) =>
  ({ role: 'activity', ...(cellType && { cellType }), ...(replicate && { replicate }) }) as const

describe('tableProblem', () => {
  it.each([
    activities('K562'),
    table('t', { id: name, x: activity('HepG2', '1'), y: activity('HepG2', '2') }),
    table('t', { id: name, x: activity() }, { cellType: 'HepG2' }),
  ])('lets a whole mapping pass', (file) => {
    expect(tableProblem(file, 'fasta')).toBeNull()
  })

  it.each<[ChosenTable, RegExp]>([
    [table('t', { x: activity('HepG2') }), /which column of t holds the names/],
    [table('t', { id: name, x: activity() }), /Name the cell type of t, or of its column x/],
    [table('t', { id: name, x: activity('a'), y: activity('a') }), /x and y of t are said to hold the same/],
    [table('t', { id: name, bc: { role: 'barcode' }, x: activity('a') }), /cannot be summed over barcodes/],
    [table('t', { id: name, x: activity('a'), r: { role: 'rna', cellType: 'a' } }), /the one or the other/],
    [
      table(
        't',
        { id: name, x: activity('a') },
        {
          rows: [
            ['e', 'high'],
            ['f', 'low'],
          ],
        },
      ),
      /The column x cannot be measurements.*“high”/,
    ],
  ])('says what is missing', (file, problem) => {
    expect(tableProblem(file, 'fasta')).toMatch(problem)
  })

  it('leaves a single bad value to the import, and reads decimal commas', () => {
    expect(
      tableProblem(
        table(
          't',
          { id: name, x: activity('a') },
          {
            rows: [
              ['e', 'high'],
              ['f', '1.5'],
            ],
          },
        ),
        'fasta',
      ),
    ).toBeNull()
    const commas = { id: name, x: activity('a') }
    expect(tableProblem(table('t', commas, { decimal: ',', rows: [['e', '1,5']] }), 'fasta')).toBeNull()
    expect(tableProblem(table('t', commas, { rows: [['e', '1,5']] }), 'fasta')).toMatch(/not numbers/)
  })

  it('needs no names where regions are named by their places', () => {
    const places = { c: { role: 'chromosome' }, s: { role: 'start' }, e: { role: 'end' }, x: activity('a') } as const
    expect(tableProblem(table('t', places), 'regions')).toBeNull()
    expect(tableProblem(table('t', places), 'fasta')).toMatch(/holds the names/)
  })
})

describe('tablesProblem', () => {
  it('asks for measurements, and for the DNA that RNA is divided by', () => {
    expect(tablesProblem([table('t', { id: name })])).toMatch(/the activity of a cell type, or counts/)
    expect(tablesProblem([table('t', { id: name, r: { role: 'rna' } })])).toMatch(/counts of DNA/)
    expect(tablesProblem([table('t', { id: name, d: { role: 'dna' } })])).toMatch(/counts of RNA/)
    expect(tablesProblem([table('t', { id: name, r: { role: 'rna' } }), table('u', { id: name, d: { role: 'dna' } })])).toBeNull()
  })
})
