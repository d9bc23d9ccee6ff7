import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../../../../src/main/db/openDatabase.ts'
import type { WritableDatabase } from '../../../../../src/main/db/database.ts'
import { saveBackground, type ScanPiece } from '../../../../../src/main/db/scanChunks.ts'
import { createScan, endScan, readScan, saveDoubts, saveScanChunk, type StoredScan } from '../../../../../src/main/db/scans.ts'
import { scanOptionsSchema } from '../../../../../src/shared/domain/scan.ts'
import type { Target } from '../../../../../src/shared/domain/recipe.ts'
import { shareOfGc } from '../../../../../src/shared/dna/gc.ts'
import { mostPackedBytes, packBases } from '../../../../../src/shared/dna/packBases.ts'
import { countWindows } from '../../../../../src/shared/dna/windows.ts'
import { random } from '../../../../../src/shared/stats/random.ts'

export const CELL_TYPES = ['HepG2', 'K562', 'WTC11']

/** A sequence of a made scan, with what was stored of it. */
export interface MadeSequence {
  readonly name: string
  readonly codes: Uint8Array
  readonly windows: number
  /** [windows, cell types]; of a sequence without windows its own. */
  readonly scores: Float32Array
}

export interface MadeScan {
  readonly database: WritableDatabase
  readonly scan: StoredScan
  readonly sequences: readonly MadeSequence[]
  readonly shuffled: Float32Array
  readonly close: () => void
}

export interface Making {
  readonly names: readonly string[]
  readonly lengths: readonly number[]
  readonly windowLength?: number
  readonly stride?: number
  readonly target?: Target
  readonly seed?: number
  /** Sequences in a chunk, and windows in a piece, at most. */
  readonly chunk?: number
  readonly piece?: number
  /** Scores of the windows, one number after the other; random where not given. */
  readonly score?: () => number
}

/** A scan as the core stores it, in a database of its own, scored by chance: what is read again is known. */
export function makeScan(making: Making): MadeScan {
  const { names, lengths, windowLength = 50, stride = 10, target = 'log2', seed = 1, chunk = 7, piece = 13 } = making
  const folder = mkdtempSync(join(tmpdir(), 'scan-'))
  const database = openDatabase(folder)
  const source = random(seed)
  const score = making.score ?? (() => source.normal())
  const layout = { length: windowLength, stride }
  const width = CELL_TYPES.length
  const sequences = names.map((name, i): MadeSequence => {
    const codes = Uint8Array.from({ length: lengths[i]! }, () => (source.uniform() < 0.02 ? 15 : 1 << source.integer(4)))
    const windows = countWindows(codes.length, layout)
    return { name, codes, windows, scores: Float32Array.from({ length: Math.max(1, windows) * width }, score) }
  })
  const id = createScan(database, {
    name: 'my scan',
    models: [{ reference: { run: 1 }, name: 'embedding', target, cellTypes: CELL_TYPES, length: windowLength, members: 1 }],
    columns: CELL_TYPES.map((cellType) => ({ key: cellType, model: 0, cellType })),
    target,
    options: scanOptionsSchema.parse({ stride }),
    layout: 'fasta',
    file: 'mine.fa',
    modelLength: windowLength,
    windowLength,
    records: names.length,
    createdAt: new Date(0).toISOString(),
    source: { source: { kind: 'text', text: '', name: 'mine.fa' }, fingerprint: '' },
  })
  for (let start = 0; start < sequences.length; start += chunk) {
    const part = sequences.slice(start, start + chunk)
    const best = part.flatMap(({ scores }) => CELL_TYPES.map((_, c) => Math.max(...scores.filter((_, i) => i % width === c))))
    saveScanChunk(database, id, {
      scored: part.map(({ name, codes, windows }, i) => ({
        name,
        line: 2 * (start + i) + 1,
        length: codes.length,
        fitted: (start + i) % 3 === 0 ? 'adapters added' : null,
        windows,
      })),
      scores: Float32Array.from(best),
      spread: null,
      gc: Float32Array.from(part, ({ codes }) => shareOfGc(codes)),
      flags: new Uint8Array(part.length),
      bases: Buffer.concat(part.filter(({ windows }) => windows === 0).map(({ codes }) => packed(codes))),
      pieces: part.flatMap((sequence, i) => piecesOf(sequence, start + i, piece)),
      dropped: [],
      skipped: [],
      seconds: 1,
    })
    saveDoubts(database, id, {
      start,
      distance: Float32Array.from(part, (_, i) => ((start + i) % 5 === 4 ? Number.NaN : 10 * ((start + i) % 10))),
      flags: Uint8Array.from(part, (_, i) => ((start + i) % 4 === 3 ? 1 : 0)),
    })
  }
  endScan(database, id, 'completed', null)
  const shuffled = Float32Array.from({ length: 200 }, () => source.normal()).sort()
  saveBackground(
    database,
    id,
    'shuffled',
    CELL_TYPES.map(() => shuffled),
  )
  return {
    database,
    scan: readScan(database, id),
    sequences,
    shuffled,
    close: () => {
      database.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function piecesOf({ codes, windows, scores }: MadeSequence, position: number, most: number): ScanPiece[] {
  const pieces: ScanPiece[] = []
  const width = CELL_TYPES.length
  const count = Math.ceil(windows / most)
  for (let p = 0; p < count; p++) {
    const firstWindow = p * most
    const end = Math.min(windows, firstWindow + most)
    const [firstBase, lastBase] = [Math.floor((p * codes.length) / count), Math.floor(((p + 1) * codes.length) / count)]
    pieces.push({
      position,
      firstWindow,
      windows: end - firstWindow,
      firstBase,
      bases: lastBase - firstBase,
      scores: scores.slice(firstWindow * width, end * width),
      spread: null,
      packed: packed(codes.subarray(firstBase, lastBase)),
    })
  }
  return pieces
}

function packed(codes: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(mostPackedBytes(codes.length))
  return bytes.subarray(0, packBases(codes, bytes, 0))
}

export const never = () => undefined
