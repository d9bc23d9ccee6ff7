/**
 * `node bench/scanMemory.ts [records] [bases]`: the most memory that the core and the engine have resident while they score so many
 * records of 230 bases, and then one sequence of so many bases in windows, each by a command line of its own, built: what simulated and
 * trained would have that counted too. A million records and 100 Mb where no numbers are given. Linux only.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openDatabaseForReading } from '../src/main/db/openDatabase.ts'
import { readScans } from '../src/main/db/scans.ts'
import { SMALL_YOUNG_GENERATION } from '../scripts/setup/memory.mjs'
import { decodeBases } from '../src/shared/dna/bases.ts'
import { recipes } from '../src/shared/domain/recipe.ts'
import type { Scan } from '../src/shared/domain/scan.ts'
import { openBenchWorkbench } from './benchWorkbench.ts'
import { finished } from './finished.ts'
import { peakMemory } from './peakMemory.ts'
import { randomBases } from './trainingRates.ts'

const LENGTH = 230
/** As many as a library of one cell type has: a scan's sequences are looked for among them. */
const ELEMENTS = 20_000
/** Most of a million windows: one every base would be the same work a hundred times. */
const STRIDE = 100

const [records = '1000000', bases = '100000000'] = process.argv.slice(2)
const cli = fileURLToPath(new URL('../out/main/cli.js', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'scan-memory-'))
try {
  const run = await trainedRun(folder)
  await measure(run, `${records} records of ${LENGTH} bases`, manyRecords(Number(records)))
  await measure(run, `one sequence of ${bases} bases, a window every ${STRIDE}`, oneRecord(Number(bases)))
} finally {
  await rm(folder, { recursive: true })
}

/** Scores a file on the command line, as it was built, and says what the core and its engine had at most when the last chunk was kept. */
async function measure(run: number, what: string, text: Iterable<string>): Promise<void> {
  const path = join(folder, 'scan.fa')
  const out = join(folder, 'scores.tsv')
  await pipeline(Readable.from(text), createWriteStream(path))
  const asked = ['score', '--workspace', join(folder, 'workspace'), '--run', String(run), '--fasta', path, '--out', out]
  const core = spawn(
    process.execPath,
    [SMALL_YOUNG_GENERATION, cli, ...asked, '--windows', '--stride', String(STRIDE), '--shuffled', '500'],
    { stdio: 'inherit' },
  )
  const ended = once(core, 'exit')
  const database = openDatabaseForReading(join(folder, 'workspace'))
  try {
    const before = readScans(database)[0]?.id
    for (;;) {
      const memory = { core: peakMemory(core.pid!), engine: Math.max(0, ...childrenOf(core.pid!).map((pid) => peakMemory(pid) ?? 0)) }
      const [scan] = readScans(database)
      if (core.exitCode !== null || memory.core === null) throw new Error('The command line ended before its scan did.')
      if (scan && scan.id !== before && scan.state !== 'running') {
        tell(what, scan, memory.core, memory.engine)
        break
      }
      await setTimeout(20)
    }
  } finally {
    database.close()
    await ended
  }
}

function tell(what: string, { state, scored, windows, seconds }: Scan, core: number, engine: number): void {
  console.log(
    `${what}: at most ${core.toFixed(0)} MiB core + ${engine.toFixed(0)} MiB engine = ${(core + engine).toFixed(0)} MiB; ` +
      `${state}, ${scored} scored, ${windows} windows, ${seconds.toFixed(1)} s`,
  )
}

async function trainedRun(folder: string): Promise<number> {
  const workbench = await openBenchWorkbench(folder)
  try {
    const { id: dataset } = await workbench.calls.datasets.simulate({ name: 'scan', elements: ELEMENTS, seed: 1 })
    const recipe = { ...recipes.seed, epochs: 1 }
    const split = { kind: 'group', seed: 1 } as const
    const [run] = await workbench.calls.experiments.launch({ dataset, split, variants: ['embedding'], recipe, seeds: [1] })
    await finished(workbench, run!.id)
    return run!.id
  } finally {
    await workbench.close()
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
  } catch {
    return []
  }
}

function* manyRecords(records: number): Generator<string> {
  const codes = randomBases(10_000)
  const known = Array.from({ length: codes.length / LENGTH }, (_, i) => decodeBases(codes.subarray(i * LENGTH, (i + 1) * LENGTH)))
  for (let from = 0; from < records; from += 1000) {
    const count = Math.min(1000, records - from)
    yield Array.from({ length: count }, (_, i) => `>candidate ${from + i}\n${known[(from + i) % known.length]!}\n`).join('')
  }
}

function* oneRecord(bases: number): Generator<string> {
  yield '>chromosome\n'
  const line = `${decodeBases(randomBases(400)).slice(0, 80_000)}\n`
  for (let done = 0; done < bases; done += line.length - 1) yield line.slice(0, Math.min(line.length - 1, bases - done)) + '\n'
}
