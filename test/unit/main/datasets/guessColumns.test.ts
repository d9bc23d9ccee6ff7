import { describe, expect, it } from 'vitest'
import { guessColumns } from '../../../../src/main/datasets/guessColumns.ts'

const dna = 'AGGACCGGATCAACTTG'

describe('guessColumns', () => {
  it.each([
    [
      'lentimpra',
      'HepG2.tsv.gz',
      ['seq_id', 'seq', 'mean_value'],
      [
        ['DNasePeak10', dna, '0.908'],
        ['DNasePeak10_Reversed:', dna, 'NA'],
      ],
      { name: 'seq_id', sequence: 'seq', activities: { HepG2: 'mean_value' } },
    ],
    [
      'sharpr',
      'activity.tsv',
      ['id', 'sequence', 'HepG2_rep1', 'HepG2_rep2', 'K562_rep1'],
      [['high_0_0', dna, '-0.6', '-1.1', '-3']],
      { name: 'id', sequence: 'sequence', activities: { HepG2_rep1: 'HepG2_rep1', HepG2_rep2: 'HepG2_rep2', K562_rep1: 'K562_rep1' } },
    ],
    [
      'columns that are no activities',
      'x.csv',
      ['chrom', 'start', 'oligo', 'name', 'K562', 'pvalue', 'dna_count'],
      [['chr1', '5', dna, 'a', '1', '0.1', '7']],
      { name: 'name', sequence: 'oligo', activities: { K562: 'K562' } },
    ],
    [
      'names that are numbers',
      'WTC11.csv',
      ['id', 's', 'log2'],
      [
        ['1', dna, '0.5'],
        ['2', dna, '0.6'],
      ],
      { name: 'id', sequence: 's', activities: { WTC11: 'log2' } },
    ],
    [
      'a column with a word among its numbers, and one with decimal commas',
      'x.tsv',
      ['name', 'sequence', 'HepG2', 'K562'],
      [
        ['a', dna, '1.2', '0,5'],
        ['b', dna, 'abc', '1,25'],
        ['c', dna, '0.4', ''],
      ],
      { name: 'name', sequence: 'sequence', activities: { HepG2: 'HepG2', K562: 'K562' } },
    ],
  ])('knows the columns of %s', (_what, file, header, rows, columns) => {
    expect(guessColumns(file, header, rows)).toEqual(columns)
  })

  it.each([
    ['no sequence', ['name', 'log2'], [['a', '1']]],
    ['no activity', ['name', 'sequence'], [['a', dna]]],
    ['no row', ['name', 'sequence', 'K562'], []],
    ['words in the activity', ['name', 'sequence', 'K562'], [['a', dna, 'high']]],
  ])('guesses nothing where there is %s', (_what, header, rows) => {
    expect(guessColumns('x.tsv', header, rows)).toBeNull()
  })
})
