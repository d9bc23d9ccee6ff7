import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openSource, type OpenedSource } from '../../../../src/main/files/openSource.ts'
import { readFastaBatches, type FastaRecord } from '../../../../src/main/files/readFasta.ts'
import { readPackedFasta, unpackRecord, type ReadRecord } from '../../../../src/main/files/readPackedFasta.ts'
import { unpackBases } from '../../../../src/shared/dna/packBases.ts'

const LONGEST = 60

/** A source whose pieces are as short as asked: what lies across two of them is read another way. */
function inPieces(bytes: Buffer, size: number, source: OpenedSource): OpenedSource {
  return {
    ...source,
    chunks: (async function* () {
      for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size))
    })(),
  }
}

async function read<R>(text: string, size: number, reader: (source: OpenedSource, longest: number) => AsyncIterable<readonly R[]>) {
  const source = await openSource({ kind: 'text', name: 'x.fa', text }, '')
  const records: R[] = []
  try {
    for await (const batch of reader(inPieces(Buffer.from(text), size, source), LONGEST)) records.push(...batch)
    return { records }
  } catch (fault) {
    return { fault: String(fault) }
  }
}

/** Records with the pieces of long ones joined: where they are cut depends on how the file is read. */
function joined(records: readonly FastaRecord[]) {
  const whole: { name: string; line: number; codes: number[]; problems: FastaRecord['problem'][] }[] = []
  for (const { name, line, codes, problem, piece } of records) {
    if (!piece || piece.first) whole.push({ name, line, codes: [], problems: [] })
    whole.at(-1)!.codes.push(...codes)
    if (problem) whole.at(-1)!.problems.push(problem)
  }
  return whole
}

const end = fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n')
const bases = fc.string({ unit: fc.constantFrom('A', 'C', 'G', 'T', 'a', 'c', 'g', 't', 'U', 'u'), maxLength: 25 })
const anything = fc.oneof(
  { weight: 12, arbitrary: bases },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom('A', 'N', 'E', '-', ' ', '>', '\r', 'é', '*'), maxLength: 12 }) },
)
const name = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: fc.constantFrom('a', 'b:2', '|', ';', ' ', '>', '\t', '1'), maxLength: 8 }) },
  { weight: 1, arbitrary: fc.constantFrom('ünïcode', ' ', '', 'a\r', '\u0001') },
)
const record = fc.tuple(name, end, fc.array(fc.tuple(anything, end), { maxLength: 4 }))
const file = fc
  .array(record, { minLength: 1, maxLength: 12 })
  .map((records) => records.map(([name, end, lines]) => `>${name}${end}${lines.flat().join('')}`).join(''))

describe('readPackedFasta', () => {
  it('gives the names, lines, bases and problems that the other reader gives', async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.integer({ min: 20, max: 400 }), async (text, size) => {
        const expected = await read(text, size, readFastaBatches)
        const found = await read<ReadRecord>(text, size, readPackedFasta)
        expect(
          'fault' in found ? found : joined(found.records.map((record) => ('packed' in record ? unpackRecord(record) : record))),
        ).toEqual('fault' in expected ? expected : joined(expected.records))
      }),
      { numRuns: 2000 },
    )
  })

  it('packs what is plain DNA between the first record and the last of a piece', async () => {
    const { records = [] } = await read<ReadRecord>('>a\nACGT\n>b 1|x\nACG\nTTu\r\n>c\nACNT\n>d\nGGGGG\n>e\nAC\n', 1000, readPackedFasta)
    expect(
      records.map((record) =>
        'packed' in record ? [record.name, record.line, ...unpackBases(record.packed, record.at, 0, record.bases)] : record.name,
      ),
    ).toEqual([['a', 1, 1, 2, 4, 8], ['b 1|x', 3, 1, 2, 4, 8, 8, 8], 'c', ['d', 8, 4, 4, 4, 4, 4], 'e'])
  })
})
