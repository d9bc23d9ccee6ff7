/**
 * `node bench/runsList.ts [RUNS]`: how long the list of runs takes, of 2,000 runs made straight in a database, from the call to the
 * answer, over a channel and checked on both sides as a page's is.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../src/main/db/openDatabase.ts'
import { silentLog } from '../src/main/logging/log.ts'
import { openWorkbench } from '../src/main/workbench.ts'
import { workbenchContract } from '../src/shared/contract/workbench.ts'
import { recipes } from '../src/shared/domain/recipe.ts'
import { variants } from '../src/shared/domain/variants.ts'
import { connect } from '../src/shared/rpc/client.ts'
import { memoryChannel } from '../src/shared/rpc/memoryChannel.ts'
import { serve } from '../src/shared/rpc/server.ts'
import { createExperiment } from '../src/main/db/runs.ts'
import { describeMachine, load } from './machine.ts'
import { median } from './rounds.ts'

const runs = Number(process.argv[2] ?? 2000)
const ROUNDS = 15
const AT = '2026-01-02T03:04:05.000Z'
const folder = mkdtempSync(join(tmpdir(), 'bench-runs-'))
const database = openDatabase(folder)
const none = { count: 0, first: [] }
database
  .prepare(
    `INSERT INTO datasets (id, name, created_at, simulated, fingerprint, elements, rows, length, minimum_barcodes, adapters, report)
     VALUES (1, 'library', ?, 0, 'f', 1, 1, 230, 10, ?, ?)`,
  )
  .run(
    AT,
    JSON.stringify({ prefix: '', suffix: '', known: false }),
    JSON.stringify({
      files: [],
      unmatched: { sequences: none, activities: none, activitiesByCellType: {} },
      belowMinimumBarcodes: 0,
      notes: [],
    }),
  )
database
  .prepare(
    `INSERT INTO splits (id, dataset, name, kind, seed, created_at, assignment, groups, leakage)
     VALUES (1, 1, 'By group, seed 1', 'group', 1, ?, x'00', 1, '{"exact":0,"reverseComplement":0,"overlap":0,"pairs":[]}')`,
  )
  .run(AT)
database.transaction(() => {
  for (let made = 0; made < runs; made += variants.length)
    createExperiment(database, {
      dataset: 1,
      split: 1,
      // A few recipes, as a search over one has.
      recipe: { ...recipes.default, learningRate: 1e-3 * (1 + (made % 12)) },
      runs: variants.map((variant) => ({ variant, seed: made })),
      createdAt: AT,
    })
  database
    .prepare(
      `UPDATE runs SET state = 'completed', queue_position = NULL, started_at = ?, finished_at = ?, engine = 'tensorflow on CPU', epochs = 20,
         seconds = 100.5, rows_per_second = 123456.7, tags = '["one","two"]', notes = 'a few words on why it was made'`,
    )
    .run(AT, AT)
  database
    .prepare(
      `INSERT INTO measures (run, part, cell_type, n, mse, rmse, mae, pearson, spearman, r2)
       SELECT runs.id, part.value, type.value, 8547, 0.1, 0.1, 0.1, 0.75, 0.75, 0.5
       FROM runs, json_each('["validation","test"]') AS part, json_each('["all","HepG2","K562","WTC11"]') AS type`,
    )
    .run()
})
database.close()

const workbench = await openWorkbench({
  folder,
  startEngine: () => {
    throw new Error('nothing trains here')
  },
  clock: () => new Date(),
  log: silentLog,
})
const [page, core] = memoryChannel()
serve(workbenchContract, workbench.handlers, core)
const { calls } = connect(workbenchContract, page)
/** Wall clock and processor time, in milliseconds, of each round. */
async function measure(work: () => unknown): Promise<string> {
  const [wall, processor]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    const [began, used] = [performance.now(), process.cpuUsage()]
    await work()
    wall.push(performance.now() - began)
    const { user, system } = process.cpuUsage(used)
    processor.push((user + system) / 1000)
  }
  return `median ${median(wall).toFixed(0)} ms, of which the processor's ${median(processor).toFixed(0)} ms; shortest ${Math.min(...wall).toFixed(0)} ms; first ${wall[0]!.toFixed(0)} ms`
}
const unasked = { signal: new AbortController().signal, progress: () => {} }
const list = () => workbench.handlers.experiments.runs({ binned: false }, unasked)
const answer = await list()
if (answer.length !== runs) throw new Error(`${answer.length} runs of ${runs}`)
const text = JSON.stringify(answer)
console.log(
  JSON.stringify({
    machine: describeMachine(),
    load: load(),
    runs,
    megabytes: (text.length / 1e6).toFixed(2),
    fromTheDatabase: await measure(list),
    checkedOnce: await measure(() => workbenchContract.calls.experiments.runs.output.parse(answer)),
    asText: await measure(() => JSON.stringify(answer)),
    overAChannel: await measure(() => calls.experiments.runs({})),
  }),
)
await workbench.close()
rmSync(folder, { recursive: true })
process.exit()
