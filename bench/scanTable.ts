/**
 * `node bench/scanTable.ts [sequences]`: sorting and filtering the table of a scan, a million sequences where not said otherwise, first as
 * it is first asked for and then again; its outputs; views of a sequence of a hundred times as many bases; beside it the same rows in a table of SQLite (docs/decisions/0015-tables-of-scans.md).
 */
import Database from 'better-sqlite3'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { breather } from '../src/main/datasets/breathe.ts'
import { openDatabase, openDatabaseForReading } from '../src/main/db/openDatabase.ts'
import { saveBackground } from '../src/main/db/scanChunks.ts'
import { createScan, endScan, readScan, saveDoubts, saveScanChunk, type NewScan } from '../src/main/db/scans.ts'
import { exportScan, type ScanExportFormat } from '../src/main/scans/exporting/exportScan.ts'
import { readLocus } from '../src/main/scans/reading/readLocus.ts'
import { readPeaks } from '../src/main/scans/reading/readPeaks.ts'
import { scoreHistogram } from '../src/main/scans/reading/scoreHistogram.ts'
import { readScorePage } from '../src/main/scans/reading/queryScores.ts'
import { scanOptionsSchema, scoreQuerySchema, type ScoreQuery } from '../src/shared/domain/scan.ts'
import { mostPackedBytes, packBases } from '../src/shared/dna/packBases.ts'
import { countWindows } from '../src/shared/dna/windows.ts'
import { random } from '../src/shared/stats/random.ts'
import { load } from './machine.ts'
import { peakMemory } from './peakMemory.ts'

const CELL_TYPES = ['HepG2', 'K562', 'WTC11']
const CHUNK = 2048
/** Windows kept together. */
const PIECE = 2048
const sequences = Number(process.argv[2] ?? 1_000_000)

const newScan: NewScan = {
  name: 'bench',
  models: [{ reference: { run: 1 }, name: 'bench', target: 'log2', cellTypes: CELL_TYPES, length: 230, members: 1 }],
  columns: CELL_TYPES.map((cellType) => ({ key: cellType, model: 0, cellType })),
  target: 'log2',
  options: scanOptionsSchema.parse({}),
  layout: 'fasta',
  file: 'bench.fa',
  modelLength: 230,
  windowLength: 230,
  records: sequences,
  createdAt: new Date(0).toISOString(),
  source: { source: { kind: 'text', text: '', name: 'bench.fa' }, fingerprint: '' },
}

const folder = mkdtempSync(join(tmpdir(), 'scan-table-'))
try {
  fill()
  const queries: Readonly<Record<string, Partial<ScoreQuery>>> = {
    'first page in the file’s order': {},
    'sort by score': { sort: { by: 'score', column: 'HepG2', descending: true } },
    'sort by specificity': { sort: { by: 'specificity', column: 'HepG2', descending: true } },
    'sort by GC': { sort: { by: 'gc', descending: false } },
    'sort by length': { sort: { by: 'length', descending: true } },
    'sort by name': { sort: { by: 'name', descending: false } },
    'search part of a name': { search: 'promoter77' },
    'range of a score, no flags': { ranges: [{ by: 'score', column: 'K562', from: 1, to: null }], unflagged: true },
    'all of it': {
      search: 'k562',
      ranges: [{ by: 'gc', from: 0.4, to: 0.6 }],
      unflagged: true,
      sort: { by: 'specificity', column: 'K562', descending: true },
    },
  }
  const rows = []
  for (const [what, query] of Object.entries(queries)) rows.push({ what, ...(await measured(query)) })
  console.log(`${sequences} sequences, ${CELL_TYPES.length} cell types, pages of 100; load ${load().toFixed(1)}`)
  console.table(rows)
  console.table(await outputs(1, ['tsv', 'fasta', 'bed', 'bedgraph', 'bigwig', 'gff3', 'xlsx']))
  fillLong()
  console.table([...(await locus()), ...(await outputs(2, ['bed', 'bedgraph', 'bigwig']))])
  console.table(besideSqlite())
  console.log(`memory of the process: ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`)
} finally {
  rmSync(folder, { recursive: true })
}

function nameOf(i: number): string {
  return `${CELL_TYPES[i % 3]}_DNasePeakNoPromoter${(i * 7919) % 10_000_019}${i % 2 ? '_Reversed:' : ''}`
}

function fill(): void {
  const database = openDatabase(folder)
  const source = random(1)
  const bases = new Uint8Array(CHUNK * 59).fill(0)
  for (let at = 0; at < bases.length; at += 59)
    packBases(
      Uint8Array.from({ length: 230 }, () => 1 << source.integer(4)),
      bases,
      at,
    )
  const id = createScan(database, newScan)
  for (let start = 0; start < sequences; start += CHUNK) {
    const count = Math.min(CHUNK, sequences - start)
    saveScanChunk(database, id, {
      scored: Array.from({ length: count }, (_, i) => ({
        name: nameOf(start + i),
        line: 2 * (start + i) + 1,
        length: i % 9 ? 230 : 229,
        fitted: null,
        windows: 0,
      })),
      scores: Float32Array.from({ length: count * CELL_TYPES.length }, () => source.normal()),
      spread: null,
      gc: Float32Array.from({ length: count }, () => source.uniform()),
      flags: new Uint8Array(count),
      bases: bases.subarray(0, bases.length * (count / CHUNK)),
      pieces: [],
      dropped: [],
      skipped: [],
      seconds: 0,
    })
    saveDoubts(database, id, {
      start,
      distance: Float32Array.from({ length: count }, () => 100 * source.uniform()),
      flags: Uint8Array.from({ length: count }, () => Number(source.uniform() < 0.1)),
    })
  }
  endScan(database, id, 'completed', null)
  database.close()
}

/** One sequence of 100 Mb, a window every 20 bases. */
function fillLong(): void {
  const database = openDatabase(folder)
  const source = random(2)
  const windows = { length: 230, stride: 20 }
  const bases = 100 * sequences
  const count = countWindows(bases, windows)
  const id = createScan(database, { ...newScan, name: 'long', records: 1 })
  const packed = new Uint8Array(mostPackedBytes(PIECE * windows.stride))
  const pieces = []
  for (let first = 0; first < count; first += PIECE) {
    const firstBase = first * windows.stride
    const length = first + PIECE >= count ? bases - firstBase : PIECE * windows.stride
    const codes = Uint8Array.from({ length }, () => 1 << source.integer(4))
    const number = Math.min(PIECE, count - first)
    pieces.push({
      position: 0,
      firstWindow: first,
      windows: number,
      firstBase,
      bases: length,
      scores: Float32Array.from({ length: number * CELL_TYPES.length }, () => source.normal()),
      spread: null,
      packed: packed.slice(0, packBases(codes, packed, 0)),
    })
  }
  saveScanChunk(database, id, {
    scored: [{ name: 'chr1', line: 1, length: bases, fitted: null, windows: count }],
    scores: new Float32Array(CELL_TYPES.length),
    spread: null,
    gc: Float32Array.of(0.5),
    flags: Uint8Array.of(0),
    bases: new Uint8Array(0),
    pieces,
    dropped: [],
    skipped: [],
    seconds: 0,
  })
  saveBackground(
    database,
    id,
    'shuffled',
    CELL_TYPES.map(() => Float32Array.from({ length: 500 }, () => source.normal()).sort()),
  )
  endScan(database, id, 'completed', null)
  database.close()
}

async function timed(what: string, work: () => Promise<unknown>) {
  const waited = monitorEventLoopDelay({ resolution: 5 })
  waited.enable()
  const from = performance.now()
  const result = await work()
  const ms = Math.round(performance.now() - from)
  waited.disable()
  return { what, ms, 'others wait, ms': Math.round(waited.max / 1e6), result: String(result) }
}

async function locus() {
  const database = openDatabaseForReading(folder)
  const scan = readScan(database, 2)
  const view = (from: number, to: number) => () =>
    readLocus(database, scan, { position: 0, from, to, bins: 1000 }, breather()).then(({ at }) => at.length)
  const rule = { column: 'HepG2', percentile: 99.9, mergeDistance: 100 }
  const rows = [
    await timed('locus: all of it', view(0, 100 * sequences)),
    await timed('locus: a tenth of it', view(40 * sequences, 50 * sequences)),
    await timed('locus: 100 kb', view(45 * sequences, 45 * sequences + 100_000)),
    await timed('histogram of its windows', () => scoreHistogram(database, scan, 'K562', breather()).then(({ scores }) => scores.length)),
    await timed('peaks against shuffled', () =>
      readPeaks(database, scan, null, { ...rule, against: 'shuffled' }, breather()).then(({ peaks }) => peaks.length),
    ),
    await timed('peaks against windows', () =>
      readPeaks(database, scan, 0, { ...rule, against: 'windows' }, breather()).then(({ peaks }) => peaks.length),
    ),
  ]
  database.close()
  return rows
}

async function outputs(id: number, formats: readonly ScanExportFormat[]) {
  const database = openDatabaseForReading(folder)
  const scan = readScan(database, id)
  const rows = []
  for (const format of formats) {
    const asked = { ...scoreQuerySchema.parse({}), format, column: 'HepG2' }
    forgetPeak()
    const row = await timed(
      `${scan.name}: ${format}`,
      async () => `${Math.round((await exportScan(database, scan, asked, breather(), () => {})).bytes.length / 1e6)} MB`,
    )
    const peak = peakMemory(process.pid)
    rows.push({ ...row, 'peak, MiB': peak && Math.round(peak) })
  }
  database.close()
  return rows
}

/** Lets {@link peakMemory} count from now on, where the system can. */
function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5')
  } catch {
    // All but Linux: the peak is that of the process then.
  }
}

/** Milliseconds of the first time on a new connection and of the next, and the longest that everything else waited. */
async function measured(query: Partial<ScoreQuery>) {
  const database = openDatabaseForReading(folder)
  const scan = readScan(database, 1)
  const waited = monitorEventLoopDelay({ resolution: 5 })
  waited.enable()
  const ask = async () => {
    const from = performance.now()
    const { total } = await readScorePage(database, scan, { ...scoreQuerySchema.parse(query), offset: 0, limit: 100 }, breather())
    return { total, milliseconds: Math.round(performance.now() - from) }
  }
  const first = await ask()
  const again = await ask()
  waited.disable()
  database.close()
  return {
    found: first.total,
    'first, ms': first.milliseconds,
    'again, ms': again.milliseconds,
    'others wait, ms': Math.round(waited.max / 1e6),
  }
}

/** The same rows as rows: what storing them costs beside the chunks, and what they give. */
function besideSqlite() {
  const database = new Database(join(folder, 'rows.db'))
  const results: { what: string; ms: number }[] = []
  const time = (what: string, work: () => unknown) => {
    const from = performance.now()
    work()
    results.push({ what: `SQLite: ${what}`, ms: Math.round(performance.now() - from) })
  }
  database.pragma('journal_mode = WAL')
  database.exec(
    'CREATE TABLE scores (position INTEGER PRIMARY KEY, name TEXT, line INTEGER, length INTEGER, gc REAL, a REAL, b REAL, c REAL)',
  )
  const insert = database.prepare('INSERT INTO scores VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const source = random(1)
  const numbers = Float64Array.from({ length: 4 * sequences }, () => source.normal())
  time('storing the rows', () =>
    database.transaction(() => {
      for (let i = 0; i < sequences; i++) insert.run(i, nameOf(i), 2 * i + 1, 230, ...numbers.subarray(4 * i, 4 * i + 4))
    })(),
  )
  time('sort by score, no index', () => database.prepare('SELECT * FROM scores ORDER BY a DESC LIMIT 100').all())
  time('sort by specificity, no index', () => database.prepare('SELECT * FROM scores ORDER BY a - (b + c) / 2 DESC LIMIT 100').all())
  time('page 5,000 of the sort by score', () => database.prepare('SELECT * FROM scores ORDER BY a DESC LIMIT 100 OFFSET 500000').all())
  time('sort by name, no index', () => database.prepare('SELECT * FROM scores ORDER BY name LIMIT 100').all())
  time('search part of a name, counted', () => database.prepare(`SELECT count(*) FROM scores WHERE name LIKE '%promoter77%'`).get())
  time('index of one score', () => database.exec('CREATE INDEX by_a ON scores (a)'))
  time('sort by score, index', () => database.prepare('SELECT * FROM scores ORDER BY a DESC LIMIT 100').all())
  time('page 5,000 of the sort by score, index', () =>
    database.prepare('SELECT * FROM scores ORDER BY a DESC LIMIT 100 OFFSET 500000').all(),
  )
  time('index of names', () => database.exec('CREATE INDEX by_name ON scores (name)'))
  database.close()
  return results
}
