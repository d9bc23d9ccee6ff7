import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Connection } from '../../../../src/main/db/database.ts'
import { migrate, migrations } from '../../../../src/main/db/migrate.ts'
import { readBases, readChunks, readKeptWindows, readProgressOfPieces, readWindows } from '../../../../src/main/db/scanChunks.ts'
import { createScan, readScan, readSkipped, saveScanChunk } from '../../../../src/main/db/scans.ts'
import type { FastaRecord } from '../../../../src/main/files/readFasta.ts'
import type { ReadRecord } from '../../../../src/main/files/readPackedFasta.ts'
import { assembleChunk } from '../../../../src/main/scans/chunkAssembler.ts'
import { ChunkFiller, type ChunkToScore, type ScanStart } from '../../../../src/main/scans/chunkFiller.ts'
import { planScan } from '../../../../src/main/scans/scanPlan.ts'
import { ShuffledSample } from '../../../../src/main/scans/shuffledSample.ts'
import { scanOptionsSchema, type ScanOptions } from '../../../../src/shared/domain/scan.ts'
import { pairsIn, unpairInto } from '../../../../src/shared/dna/codePairs.ts'
import { fitBases, type Frame } from '../../../../src/shared/dna/fitBases.ts'
import { packBases } from '../../../../src/shared/dna/packBases.ts'

const LENGTH = 13
const frame: Frame = { length: LENGTH, adapters: 'keep', prefix: Uint8Array.of(1, 2), suffix: Uint8Array.of(4) }
const WINDOW = 10
const SIZE = 7
const COLUMNS = 2

/** A number that follows from what a row holds, as a score does. */
function scoreOf(codes: Uint8Array, column: number): number {
  return codes.reduce((sum, code, i) => (sum * 31 + code * (i + 1 + column)) % 1009, column)
}

function scored({ rows, bases }: ChunkToScore) {
  const scores = new Float32Array(rows * COLUMNS)
  const codes = new Uint8Array(LENGTH)
  for (let row = 0; row < rows; row++) {
    const width = pairsIn(LENGTH)
    unpairInto(codes, 0, bases.subarray(row * width, (row + 1) * width), LENGTH)
    for (let c = 0; c < COLUMNS; c++) scores[row * COLUMNS + c] = scoreOf(codes, c)
  }
  return { scores, spread: null }
}

interface Given {
  readonly codes: readonly number[]
  /** Where it is cut into pieces; none for a record that is held whole. */
  readonly cuts: readonly number[]
  /** The piece with a letter that is no DNA. */
  readonly badPiece: number | null
}

function recordsOf(given: readonly Given[]): FastaRecord[] {
  return given.flatMap(({ codes, cuts, badPiece }, i): FastaRecord[] => {
    const named = { name: `s${i}`, line: 2 * i + 1, sequence: '' }
    const ends = [...new Set([...cuts.map((cut) => Math.min(cut, codes.length)), codes.length])].sort((a, b) => a - b)
    if (cuts.length === 0) return [{ ...named, codes: Uint8Array.from(codes), problem: null }]
    return ends.map((end, piece): FastaRecord => {
      const isBad = badPiece === piece
      return {
        ...named,
        codes: isBad ? new Uint8Array(0) : Uint8Array.from(codes.slice(ends[piece - 1] ?? 0, end)),
        problem: isBad ? { line: 2 * i + 2, message: 'E is not a DNA letter.' } : null,
        piece: { first: piece === 0, last: piece === ends.length - 1 },
      }
    })
  })
}

function optionsOf(stride: number, more: Partial<ScanOptions> = {}): ScanOptions {
  return scanOptionsSchema.parse({ stride, shortest: 3, ...more })
}

function openScan(options: ScanOptions) {
  const raw = new Database(':memory:')
  raw.pragma('foreign_keys = ON')
  migrate(raw, migrations)
  const database = new Connection(raw)
  const id = createScan(database, {
    name: 'x',
    models: [],
    columns: ['a', 'b'].map((key) => ({ key, model: 0, cellType: key })),
    target: 'log2',
    options,
    layout: 'fasta',
    file: 'x.fa',
    modelLength: LENGTH,
    windowLength: WINDOW,
    records: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    source: { source: { kind: 'text', text: '', name: 'x' }, fingerprint: '' },
  })
  return { database, id }
}

/** Scans records until so many chunks are kept, and returns what was drawn to be shuffled. */
function scan(
  { database, id }: ReturnType<typeof openScan>,
  records: readonly ReadRecord[],
  options: ScanOptions,
  chunks = Infinity,
): Uint8Array[] {
  const { scored: done, skipped } = readScan(database, id)
  const start: ScanStart = { records: done + skipped, scored: done, ...readProgressOfPieces(database, id, done) }
  const sample = new ShuffledSample(5, 1)
  const filler = new ChunkFiller(planScan(frame, options, null), SIZE, start, sample)
  const keep = (chunk: ChunkToScore) => {
    const assembling = {
      columns: COLUMNS,
      largestSpread: [NaN, NaN],
      keptWindows: (position: number) => readKeptWindows(database, id, position),
    }
    saveScanChunk(database, id, { ...assembleChunk(chunk, scored(chunk), assembling), seconds: 0 })
    return --chunks > 0
  }
  for (const record of records) {
    filler.begin(record)
    while (!filler.advance()) if (!keep(filler.take())) return []
  }
  keep(filler.take())
  return sample.shuffled()
}

/** All that is kept of a scan. */
function kept({ database, id }: ReturnType<typeof openScan>) {
  const stored = readScan(database, id)
  const sequences = [...readChunks(database, id)].flatMap((chunk) =>
    chunk.sequences.map((sequence, place) => {
      const position = chunk.start + place
      return {
        ...sequence,
        scores: [...chunk.scores.subarray(place * COLUMNS, (place + 1) * COLUMNS)],
        gc: chunk.gc![place],
        flags: chunk.flags![place],
        bases: [...readBases(database, id, position)!],
        windowScores: [...readWindows(database, stored, position)],
      }
    }),
  )
  return { sequences, skipped: readSkipped(database, id), windows: stored.windows, scored: stored.scored }
}

const letters = fc.constantFrom(1, 2, 4, 8, 8, 4, 2, 1, 15)
const given = fc.record({
  codes: fc.array(letters, { minLength: 1, maxLength: 120 }),
  cuts: fc.constant<readonly number[]>([]),
  badPiece: fc.constant(null),
})
const inPieces = fc.record({
  codes: fc.array(letters, { minLength: 60, maxLength: 400 }),
  cuts: fc.array(fc.integer({ min: 40, max: 399 }), { minLength: 1, maxLength: 4 }),
  badPiece: fc.option(fc.nat(4), { freq: 4 }),
})
const files = fc.array(fc.oneof(given, inPieces), { minLength: 1, maxLength: 12 })
const strides = fc.integer({ min: 1, max: 40 })

describe('a long sequence', () => {
  it('is scored in windows that lie where they are said to, every base of it kept', () => {
    fc.assert(
      fc.property(files, strides, (file, stride) => {
        const options = optionsOf(stride, { ambiguousShare: 1 })
        const opened = openScan(options)
        scan(opened, recordsOf(file), options)
        const { sequences, skipped, windows } = kept(opened)
        expect(sequences.length + skipped.length).toBe(file.length)
        for (const sequence of sequences) {
          const { codes } = file[Number(sequence.name.slice(1))]!
          expect(sequence.bases).toEqual(codes)
          expect(sequence.length).toBe(codes.length)
          const whole = Uint8Array.from(codes)
          // One that has exactly the model's length is taken as a construct.
          if (codes.length <= WINDOW || codes.length === LENGTH) {
            expect(sequence.windows).toBe(0)
            expect(sequence.scores).toEqual([0, 1].map((c) => scoreOf(fitBases(whole, frame).codes, c)))
            continue
          }
          if (sequence.windows === 0) {
            // The construct's adapters are on it.
            expect([...codes.slice(0, 2), codes.at(-1)]).toEqual([1, 2, 4])
            continue
          }
          const starts: number[] = []
          for (let at = 0; at + WINDOW < codes.length; at += stride) starts.push(at)
          starts.push(codes.length - WINDOW)
          expect(sequence.windows).toBe(starts.length)
          const expected = starts.map((at) => [0, 1].map((c) => scoreOf(fitBases(whole.slice(at, at + WINDOW), frame).codes, c)))
          expect(sequence.windowScores).toEqual(expected.flat())
          expect(sequence.scores).toEqual([0, 1].map((c) => Math.max(...expected.map((scores) => scores[c]!))))
        }
        expect(windows).toBe(sequences.reduce((sum, sequence) => sum + sequence.windows, 0))
        opened.database.close()
      }),
      { numRuns: 60, endOnFailure: true },
    )
  })

  it('has no score where too few letters are bases, nor is it shuffled from there', () => {
    const N = 15
    const codes = [...Array.from({ length: 40 }, (_, i) => [1, 2, 4, 8][i % 4]!), ...Array.from({ length: 30 }, () => N)]
    const options = optionsOf(5)
    const opened = openScan(options)
    scan(opened, recordsOf([{ codes, cuts: [], badPiece: null }]), options)
    const [sequence] = kept(opened).sequences
    const starts = Array.from({ length: 13 }, (_, i) => 5 * i)
    const isScored = starts.map((_, i) => !Number.isNaN(sequence!.windowScores[i * COLUMNS]))
    expect(isScored).toEqual(starts.map((at) => codes.slice(at, at + WINDOW).filter((code) => code === N).length <= WINDOW / 2))
    const clear = sequence!.windowScores.filter((score) => !Number.isNaN(score))
    expect(sequence!.scores[0]).toBe(Math.max(...clear.filter((_, i) => i % COLUMNS === 0)))
    opened.database.close()
  })

  it('leaves nothing behind where its end turns out to be no DNA', () => {
    const codes = Array.from({ length: 300 }, (_, i) => [1, 2, 4, 8][i % 4]!)
    const options = optionsOf(3)
    const opened = openScan(options)
    const file: Given[] = [
      { codes, cuts: [100, 200], badPiece: 2 },
      { codes: codes.slice(0, 150), cuts: [], badPiece: null },
    ]
    scan(opened, recordsOf(file), options)
    expect(kept(opened)).toMatchObject({
      skipped: [{ name: 's0', line: 2, reason: 'E is not a DNA letter.' }],
      sequences: [{ name: 's1', length: 150, bases: codes.slice(0, 150) }],
      scored: 1,
    })
    opened.database.close()
  })
})

describe('a scan that goes on after any chunk', () => {
  it('ends as one that was never stopped, and draws the same to be shuffled', () => {
    fc.assert(
      fc.property(files, strides, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 5 }), (file, stride, first, second) => {
        const options = optionsOf(stride)
        const records = recordsOf(file)
        const [whole, stopped] = [openScan(options), openScan(options)]
        const drawn = scan(whole, records, options)
        scan(stopped, records, options, first)
        scan(stopped, records, options, second)
        expect(scan(stopped, records, options)).toEqual(drawn)
        expect(kept(stopped)).toEqual(kept(whole))
        whole.database.close()
        stopped.database.close()
      }),
      { numRuns: 60, endOnFailure: true },
    )
  })
})

describe('a record that comes packed', () => {
  // Around the model's length, with and without the adapters.
  const plain = fc.array(fc.constantFrom(1, 2, 4, 8), { minLength: LENGTH - 2, maxLength: LENGTH + 2 })
  const construct = fc
    .array(fc.constantFrom(1, 2, 4, 8), { minLength: LENGTH - 3, maxLength: LENGTH - 3 })
    .map((codes) => [1, 2, ...codes, 4])

  it('is kept as one that comes in letters', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(plain, construct), { minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 3 }), (file, first) => {
        const options = optionsOf(3, { skip: [5] })
        const records = recordsOf(file.map((codes) => ({ codes, cuts: [], badPiece: null })))
        const memory = new Uint8Array(100 * file.length)
        let at = 7
        const packed = records.map(({ name, line, codes }): ReadRecord => {
          const record = { name, line, bases: codes.length, packed: memory, at }
          at = packBases(codes, memory, at)
          return record
        })
        const [inLetters, inBytes] = [openScan(options), openScan(options)]
        const drawn = scan(inLetters, records, options)
        scan(inBytes, packed, options, first)
        expect(scan(inBytes, packed, options)).toEqual(drawn)
        expect(kept(inBytes)).toEqual(kept(inLetters))
        inLetters.database.close()
        inBytes.database.close()
      }),
      { numRuns: 60, endOnFailure: true },
    )
  })
})
