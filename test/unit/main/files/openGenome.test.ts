import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, gzipSync, crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withGenome, type Genome } from '../../../../src/main/files/openGenome.ts'
import type { Source } from '../../../../src/shared/domain/source.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const waiting = { breathe: () => undefined, progress: () => {} }
const chromosomes: Record<string, string> = {
  chr1: Array.from({ length: 1003 }, (_, i) => 'ACGT'[(i * i + (i >> 3)) % 4]).join(''),
  chr2: 'acgtnACGTN'.repeat(30),
  chrEmptyLine: 'ACGTACGTAC',
}
const fasta = (width: number, end: string) =>
  Object.entries(chromosomes)
    .map(([name, sequence]) => `>${name} described${end}${sequence.match(new RegExp(`.{1,${width}}`, 'g'))!.join(end)}${end}`)
    .join('')

/** Blocks as bgzip writes them (SAM specification, section 4.1), small ones. */
function bgzip(text: string): Buffer {
  const blocks: Buffer[] = []
  for (let at = 0; at <= text.length; at += 300) {
    const piece = Buffer.from(text.slice(at, at + 300))
    const packed = deflateRawSync(piece)
    const head = Buffer.from('1f8b08040000000000ff0600424302000000', 'hex')
    head.writeUInt16LE(packed.length + 25, 16)
    const tail = Buffer.alloc(8)
    tail.writeUInt32LE(crc32(piece), 0)
    tail.writeUInt32LE(piece.length, 4)
    blocks.push(head, packed, tail)
  }
  return Buffer.concat([...blocks, Buffer.from('1f8b08040000000000ff0600424302001b0003000000000000000000', 'hex')])
}

function written(bytes: string | Uint8Array, name = 'génome 1.fa'): { source: Source; folder: string; uploads: string } {
  const folder = temporaryFolder()
  const uploads = join(folder, 'uploads')
  mkdirSync(uploads)
  writeFileSync(join(folder, name), bytes)
  return { source: { kind: 'path', path: join(folder, name) }, folder, uploads }
}
const open = <T>({ source, uploads }: { source: Source; uploads: string }, work: (genome: Genome) => Promise<T>, index?: Source) =>
  withGenome(source, index, uploads, waiting, work)

describe('a genome', () => {
  it.each([
    ['lines of 60, LF', fasta(60, '\n')],
    ['lines of 7, CRLF', fasta(7, '\r\n')],
    ['one line each', fasta(2000, '\n')],
    ['bgzip', bgzip(fasta(60, '\n'))],
  ])('of %s gives every region', async (_what, bytes) => {
    await open(written(bytes), async ({ chromosomes: lengths, read }) => {
      expect([...lengths]).toEqual(Object.entries(chromosomes).map(([name, sequence]) => [name, sequence.length]))
      const regions = fc.constantFrom(...Object.keys(chromosomes)).chain((name) => {
        const { length } = chromosomes[name]!
        return fc.tuple(fc.constant(name), fc.nat(length - 1), fc.nat(length - 1))
      })
      await fc.assert(
        fc.asyncProperty(regions, async ([name, a, b]) => {
          const [start, end] = [Math.min(a, b), Math.max(a, b) + 1]
          expect(await read(name, start, end)).toBe(chromosomes[name]!.slice(start, end))
        }),
        { numRuns: 200 },
      )
    })
  })

  it('gets an index among the uploads, never beside itself, and uses the one that lies beside it', async () => {
    const genome = written(fasta(50, '\n'))
    await open(genome, async ({ read }) => expect(await read('chr1', 0, 4)).toBe(chromosomes['chr1']!.slice(0, 4)))
    expect(readdirSync(genome.folder).sort()).toEqual(['génome 1.fa', 'uploads'])
    expect(readdirSync(genome.uploads)).toEqual([expect.stringMatching(/\.fai$/)])
    const text = fasta(50, '\n')
    const offset = text.indexOf('\n') + 1
    writeFileSync(join(genome.folder, 'génome 1.fa.fai'), `chr1\t1003\t${offset}\t50\t51\n`)
    await open(genome, async ({ chromosomes: lengths }) => expect([...lengths.keys()]).toEqual(['chr1']))
  })

  it('is refused with an index of another file, as plain gzip, and with lines of several lengths', async () => {
    const genome = written(fasta(50, '\n'))
    const wrong: Source = { kind: 'text', name: 'x.fai', text: 'chr1\t1003\t20\t50\t51\n' }
    await expect(open(genome, () => Promise.resolve(), wrong)).rejects.toMatchObject({
      message: 'The index of génome 1.fa is not of this file: chr1 does not stand where it says.',
    })
    await expect(open(written(gzipSync(fasta(50, '\n'))), () => Promise.resolve())).rejects.toThrow(/compressed with gzip/)
    await expect(open(written('>a\nACGT\nACGTA\n'), () => Promise.resolve())).rejects.toMatchObject({ details: { line: 3 } })
    expect(existsSync(join(genome.folder, 'génome 1.fa.fai'))).toBe(false)
  })
})
