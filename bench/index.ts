/**
 * `npm run bench [-- --quick] [-- --job] [-- --fresh]`: measures the workbench, beside PyTorch where a Python can import it.
 * Prints a table, and writes everything, each round included, to bench/results/.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { variants } from '../src/shared/domain/variants.ts'
import { matMulSpeed } from './arithmeticLimit.ts'
import { thisMachine, usableCuda } from '../src/main/engine/machine.ts'
import { messageOf } from '../src/shared/domain/errors.ts'
import { startBenchEngine, type BenchEngine } from './benchEngine.ts'
import { coldStart } from './coldStart.ts'
import { comparePyTorch, type Comparison } from './comparePyTorch.ts'
import { importRate } from './importRate.ts'
import { describeMachine, load } from './machine.ts'
import { findPeer } from './peer.ts'
import { printComparisons, printMeasurements } from './printResults.ts'
import { scanRate } from './scanRate.ts'
import { setUpAgain, setUpFresh } from './setUpTime.ts'
import { wholeJob } from './wholeJob.ts'

const { values: asked } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    job: { type: 'boolean', default: false },
  },
})
const effort = asked.quick ? { rounds: 3, sequences: 12_800, seconds: 1 } : { rounds: 5, sequences: 25_600, seconds: 2 }
const measured = asked.quick ? (['embedding'] as const) : variants
const elements = asked.quick ? 5_000 : 20_000
const tell = (what: string) => console.error(`… ${what}`)

const machine = describeMachine()
const loadBefore = load()
const python = await findPeer()
if (python === null) {
  console.log('PyTorch is not there to compare with. To have it: python3 -m pip install torch')
  console.log('Where another Python has it, name that one: BENCH_PYTHON=/path/to/python npm run bench\n')
}

tell('the set-up, where everything is in place')
const setUpSeconds = await setUpAgain()
if (asked.fresh) tell('the set-up of a fresh clone: minutes')
const freshSetUpSeconds = asked.fresh ? await setUpFresh() : null
tell('the start of the browser face')
const coldStartSeconds = await coldStart()
tell(`an import of ${elements} elements`)
const imported = await importRate(elements)

tell('the arithmetic limit')
const matMul = await matMulSpeed()
tell('a scan, from a FASTA file to the database')
const scanned = await scanRate(python, asked.quick ? 200_000 : 1_000_000, effort.rounds)

const engine = await startBenchEngine()
const comparisons: Comparison[] = []
for (const variant of measured)
  for (const batch of [64, 512, 2048]) {
    tell(`${variant}, ${batch} sequences a batch`)
    comparisons.push(...(await comparePyTorch(engine.calls, python, variant, batch, effort)))
  }
const enginePeakMemory = engine.peakMemory()
engine.stop()

const cuda = await usableCuda(thisMachine)
const gpu = cuda.length > 0 ? await startOnGpu(cuda) : null
if (gpu) {
  const peer = await findPeer('cuda')
  for (const variant of measured)
    for (const batch of [64, 512, 2048]) {
      tell(`${variant}, ${batch} sequences a batch, on the GPU`)
      comparisons.push(...(await comparePyTorch(gpu.calls, peer, variant, batch, effort, 'cuda')))
    }
  gpu.stop()
}
if (asked.job) tell('the whole job: minutes')
const job = asked.job ? await wholeJob(python, 57_000) : null

const results = {
  at: new Date().toISOString(),
  machine,
  load: { before: loadBefore, after: load() },
  engine: engine.name,
  gpuEngine: gpu?.name ?? null,
  effort,
  setUpSeconds,
  freshSetUpSeconds,
  coldStartSeconds,
  engineStartSeconds: engine.startSeconds,
  import: imported,
  matMul,
  scan: scanned,
  job,
  enginePeakMemory,
  comparisons,
}
printMeasurements(results)
printComparisons(comparisons, matMul)

const folder = new URL('results/', import.meta.url)
mkdirSync(folder, { recursive: true })
const file = new URL(`${results.at.replaceAll(':', '-')}.json`, folder)
writeFileSync(file, JSON.stringify(results, null, 2))
console.log(`\nEverything, each round included: ${fileURLToPath(file)}`)
// The channel to the engine would keep this process waiting.
process.exit()

/** The reason is told where CUDA is installed and a GPU reported, but does not work; the bench goes on without. */
async function startOnGpu(libraries: readonly string[]): Promise<BenchEngine | null> {
  try {
    return await startBenchEngine(libraries)
  } catch (fault) {
    console.log(`TensorFlow on CUDA does not start: ${messageOf(fault)}\n`)
    return null
  }
}
