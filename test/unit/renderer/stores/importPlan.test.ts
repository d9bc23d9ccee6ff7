import { describe, expect, it } from 'vitest'
import type { ChosenFile } from '../../../../src/renderer/stores/chosenFiles.ts'
import { importPlan, sequenceOrigins, suggestedName } from '../../../../src/renderer/stores/importPlan.ts'
import { activities, fasta, genome, source, table } from './chosenFiles.ts'

const whole = table('HepG2.tsv.gz', {
  seq_id: { role: 'name' },
  seq: { role: 'sequence' },
  mean_value: { role: 'activity', cellType: 'HepG2' },
  batch: { role: 'ignore' },
})
const regions = table('tiles.bed', {
  chrom: { role: 'chromosome' },
  start: { role: 'start' },
  end: { role: 'end' },
  score: { role: 'activity', cellType: 'K562' },
})
const unusable: ChosenFile = {
  source: source('x.pdf'),
  size: 1,
  inspection: { kind: 'unusable', file: 'x.pdf', message: 'm', hint: 'h' },
  mapping: null,
}

describe('importPlan', () => {
  it('joins a FASTA with tables of activities, in any order', () => {
    expect(importPlan([activities('K562'), fasta(), activities('HepG2')])).toEqual({
      plan: {
        sequences: { kind: 'fasta', source: source('ENCFF795PSI.fasta') },
        tables: [activities('K562'), activities('HepG2')].map((file) => ({ source: file.source, mapping: file.mapping })),
      },
    })
  })

  it('takes a table that holds its sequences', () => {
    expect(importPlan([whole])).toEqual({
      plan: { sequences: { kind: 'table' }, tables: [{ source: whole.source, mapping: whole.mapping }] },
    })
  })

  it('names the sheet of a workbook', () => {
    const sheet = { ...whole, inspection: { ...whole.inspection, sheets: ['a', 'b'], sheet: 'b' } }
    expect(importPlan([sheet])).toMatchObject({ plan: { tables: [{ sheet: 'b' }] } })
  })

  it('cuts regions out of a genome, by its index where one is given', () => {
    const index = table('hg38.fa.fai', { 'Column 1': { role: 'name' }, 'Column 2': { role: 'activity' } })
    expect(importPlan([genome, regions, index])).toEqual({
      plan: {
        sequences: { kind: 'regions', genome: genome.source, index: index.source },
        tables: [{ source: regions.source, mapping: regions.mapping }],
      },
    })
  })

  it('takes sequences from where the person says, as far as they can come from there', () => {
    expect(sequenceOrigins([fasta(), whole])).toEqual(['fasta', 'table'])
    expect(importPlan([fasta(), whole], 'table')).toMatchObject({ plan: { sequences: { kind: 'table' } } })
    expect(importPlan([whole], 'fasta')).toMatchObject({ plan: { sequences: { kind: 'table' } } })
  })

  it.each<[string, readonly ChosenFile[], RegExp]>([
    ['nothing chosen', [], /Choose the files/],
    ['an unusable file', [whole, unusable], /Remove x\.pdf/],
    ['no activity', [fasta()], /Add the activities/],
    ['no regions', [genome], /Add the regions/],
    ['two FASTA', [fasta('a.fa'), fasta('b.fa'), activities('K562')], /Keep one FASTA/],
    ['no sequences', [activities('K562')], /which column holds the DNA sequences, or add the FASTA/],
    ['regions without a genome', [regions], /Add the genome/],
    ['a genome and no places', [genome, activities('K562')], /chromosome, start and end/],
  ])('says what is missing: %s', (_, files, missing) => {
    expect(importPlan(files)).toEqual({ missing: expect.stringMatching(missing) as string })
  })
})

describe('suggestedName', () => {
  it('is the name of the file with the sequences', () => {
    expect(suggestedName([activities('K562'), fasta()])).toBe('ENCFF795PSI')
    expect(suggestedName([activities('K562'), whole])).toBe('HepG2')
    expect(suggestedName([])).toBe('')
  })
})
