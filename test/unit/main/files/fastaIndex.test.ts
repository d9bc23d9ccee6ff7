import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fastaIndexer } from '../../../../src/main/files/fastaIndex.ts'

const file = Buffer.from('\r\n>chr1 first\r\nACGTA\r\nCG\r\n>é2\r\nACGTACGTACGT\r\n\r\n>empty\r\n>last\r\nAC')

describe('the index of a FASTA file', () => {
  it('is that of samtools, in whatever pieces the file comes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: file.length, maxLength: file.length }), (lengths) => {
        const indexer = fastaIndexer('g.fa')
        let at = 0
        for (const length of lengths) indexer.push(file.subarray(at, (at += length)))
        // By hand, as samtools faidx has them: a name ends at the first space, an offset is where the first base stands.
        expect(indexer.finish()).toEqual([
          { name: 'chr1', length: 7, offset: 15, lineBases: 5, lineBytes: 7 },
          { name: 'é2', length: 12, offset: 32, lineBases: 12, lineBytes: 14 },
          { name: 'empty', length: 0, offset: 56, lineBases: 0, lineBytes: 1 },
          { name: 'last', length: 2, offset: 63, lineBases: 2, lineBytes: 3 },
        ])
      }),
    )
  })

  it('is refused where lines of one sequence are of several lengths, with the line', () => {
    const indexer = fastaIndexer('g.fa')
    indexer.push(Buffer.from('>a\nACGT\nAC\nAC'))
    expect(() => indexer.push(Buffer.from('GT\n'))).toThrow('g.fa, line 4 (a): lines of one sequence are of several lengths')
  })
})
