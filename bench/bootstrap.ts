/**
 * `node bench/bootstrap.ts [--members 20] [--elements 8547]`: intervals of each measure for the members of a comparison in three cell types
 * and over all rows, 1,000 resamples, as the core computes them, beside the same in numpy and scipy where a Python has them
 * (`BENCH_PYTHON` names one). The values of both are held to each other. Writes to bench/results/.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { bootstrapInThreads } from '../src/main/comparisons/bootstrapInThreads.ts'
import { measureNames, type MeasureName } from '../src/shared/domain/measures.ts'
import { drawGroups } from '../src/shared/stats/bootstrap/resamples.ts'
import { random } from '../src/shared/stats/random.ts'
import { describeMachine, load } from './machine.ts'
import { median } from './rounds.ts'

const run = promisify(execFile)
const { values: asked } = parseArgs({
  options: {
    members: { type: 'string', default: '20' },
    elements: { type: 'string', default: '8547' },
    rounds: { type: 'string', default: '3' },
  },
})
const [members, elements, rounds] = [Number(asked.members), Number(asked.elements), Number(asked.rounds)]
const CELL_TYPES = 3
const RESAMPLES = 1000
/** Gathering rows is slow: so many resamples tell its rate. */
const RESAMPLES_OF_ROWS = 20
const SEED = 1

const source = random(20_261_120)
const measured = Float32Array.from({ length: elements * CELL_TYPES }, () => (source.uniform() < 0.02 ? Number.NaN : 1 + source.normal()))
const predictions = Array.from({ length: members }, (_, member) => {
  const own = measured.map((value) => 0.5 * (Number.isNaN(value) ? 1 : value) + 0.8 * source.normal())
  // One of four variants is not told the cell type, and predicts the same for all.
  return member % 4 === 0 ? own.map((_, i) => own[i - (i % CELL_TYPES)]!) : own
})
const groups = Int32Array.from({ length: elements }, (_, i) => i)
const job = { measured, predictions, cellTypes: CELL_TYPES, groups, groupCount: elements, seed: SEED }

const python = await findScipy()
const folder = mkdtempSync(join(tmpdir(), 'bootstrap-'))
const results: object[] = []
try {
  if (python) writeRows(folder)
  console.log(
    `${members} members, ${CELL_TYPES} cell types and all rows, ${elements} groups, ${RESAMPLES} resamples; load ${load().toFixed(1)}`,
  )
  for (const measure of measureNames) {
    const seconds: number[] = []
    let ours: Float64Array = new Float64Array(0)
    for (let round = 0; round < rounds; round++) {
      const start = performance.now()
      ours = (await bootstrapInThreads({ ...job, measure }, RESAMPLES, new AbortController().signal, () => {})).resamples
      seconds.push((performance.now() - start) / 1000)
    }
    const peers = python ? await peersOf(python, measure, ours) : []
    results.push({ measure, seconds, peers })
    const beside = peers.map(
      ({ how, seconds: theirs, largestDifference }) =>
        `${how === 'rows' ? 'numpy and scipy, row by row' : 'numpy, one matrix product'} ${theirs.toFixed(2)} s (${(theirs / median(seconds)).toFixed(1)} ×, largest difference ${largestDifference.toExponential(1)})`,
    )
    console.log([`${measure.padEnd(8)} ${median(seconds).toFixed(2)} s`, ...beside].join('; '))
  }
} finally {
  rmSync(folder, { recursive: true })
}
const out = fileURLToPath(new URL('results/', import.meta.url))
mkdirSync(out, { recursive: true })
writeFileSync(
  join(out, `bootstrap-${new Date().toISOString().replaceAll(':', '-')}.json`),
  JSON.stringify({ machine: describeMachine(), load: load(), members, elements, resamples: RESAMPLES, results }, null, 2),
)

async function findScipy(): Promise<string | null> {
  for (const candidate of [process.env['BENCH_PYTHON'], 'python3', 'python']) {
    if (!candidate) continue
    try {
      await run(candidate, ['-c', 'import numpy, scipy.stats'])
      return candidate
    } catch {
      // Not this one.
    }
  }
  console.log('numpy and scipy are not there to compare with. Where another Python has them: BENCH_PYTHON=/path/to/python')
  return null
}

function writeRows(folder: string): void {
  const bytes = (vector: Float32Array | Int32Array) => new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)
  const counts = new Uint8Array(RESAMPLES * elements)
  for (let r = 0; r < RESAMPLES; r++) drawGroups(counts.subarray(r * elements, (r + 1) * elements), SEED, r)
  writeFileSync(join(folder, 'shape.json'), JSON.stringify({ elements, cellTypes: CELL_TYPES, members, groups: elements }))
  writeFileSync(join(folder, 'measured.f32'), bytes(measured))
  writeFileSync(join(folder, 'predicted.f32'), Buffer.concat(predictions.map(bytes)))
  writeFileSync(join(folder, 'groups.i32'), bytes(groups))
  writeFileSync(join(folder, 'counts.u8'), counts)
}

interface Peer {
  readonly how: 'rows' | 'product'
  /** For all resamples: of rows, scaled up from the few that were measured. */
  readonly seconds: number
  /** Of its values from ours, relative where they are above one. */
  readonly largestDifference: number
}

async function peersOf(python: string, measure: MeasureName, ours: Float64Array): Promise<Peer[]> {
  const peers: Peer[] = []
  for (const how of measure === 'spearman' ? (['rows'] as const) : (['rows', 'product'] as const)) {
    const resamples = how === 'rows' ? RESAMPLES_OF_ROWS : RESAMPLES
    const script = fileURLToPath(new URL('bootstrap.py', import.meta.url))
    const args = [script, '--folder', folder, '--measure', measure, '--how', how, '--resamples', String(resamples)]
    const { stdout } = await run(python, args, { maxBuffer: 1 << 28 })
    const { seconds, values } = JSON.parse(stdout) as { seconds: number; values: number[] }
    let largestDifference = 0
    values.forEach((value, i) => {
      const own = ours[Math.floor(i / resamples) * RESAMPLES + (i % resamples)]!
      largestDifference = Math.max(largestDifference, Math.abs(own - value) / Math.max(1, Math.abs(value)))
    })
    if (!(largestDifference <= 1e-9)) throw new Error(`${measure} differs from Python's by ${largestDifference}.`)
    peers.push({ how, seconds: (seconds * RESAMPLES) / resamples, largestDifference })
  }
  return peers
}
