import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { insertDataset } from '../../../../src/main/db/datasets.ts'
import { openDatabase } from '../../../../src/main/db/openDatabase.ts'
import type { EngineProcess, StartEngine } from '../../../../src/main/engine/engineProcess.ts'
import { engineEntry, forkEngine } from '../../../../src/main/engine/forkEngine.ts'
import { silentLog } from '../../../../src/main/logging/log.ts'
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../../../../src/main/workbench.ts'
import { workbenchContract, type WorkbenchContract } from '../../../../src/shared/contract/workbench.ts'
import { recipes, type Recipe } from '../../../../src/shared/domain/recipe.ts'
import type { Run, RunState } from '../../../../src/shared/domain/run.ts'
import { connect, type Connection } from '../../../../src/shared/rpc/client.ts'
import { memoryChannel } from '../../../../src/shared/rpc/memoryChannel.ts'
import { serve } from '../../../../src/shared/rpc/server.ts'
import { random } from '../../../../src/shared/stats/random.ts'

export const PREFIX = 'AGGACC'
export const SUFFIX = 'TGAACC'
export const ELEMENTS = 240
export const LENGTH = 52
export const CELL_TYPES = ['HepG2', 'K562']

/** Fast, and long enough to be stopped in the middle. */
export const longRecipe: Recipe = { ...recipes.seed, epochs: 400, batchSize: 32 }
export const shortRecipe: Recipe = { ...longRecipe, epochs: 3 }

/** A workspace in a folder of its own, with one dataset of sequences between two adapters; what is G-rich is active, more so in HepG2. */
export function makeWorkspace(): { readonly folder: string; readonly dataset: number; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'wörk space-'))
  const database = openDatabase(folder)
  const source = random(7)
  const elements = Array.from({ length: ELEMENTS }, (_, i) => {
    const insert = Array.from({ length: LENGTH - PREFIX.length - SUFFIX.length }, () => 'ACGGT'[source.integer(5)]!).join('')
    return { name: `element ${i}`, sequence: PREFIX + insert + SUFFIX, group: i }
  })
  const activities = CELL_TYPES.map((_, c) =>
    Float32Array.from(elements, ({ sequence }, i) =>
      c === 1 && i % 10 === 0 ? NaN : (sequence.split('G').length / 10) * (2 - c) + 0.1 * source.normal(),
    ),
  )
  const none = { count: 0, first: [] }
  const dataset = insertDataset(database, {
    name: 'small',
    createdAt: '2026-01-02T03:04:05.000Z',
    simulated: false,
    fingerprint: 'small',
    rows: ELEMENTS * 2 - ELEMENTS / 10,
    length: LENGTH,
    minimumBarcodes: 0,
    adapters: { prefix: PREFIX, suffix: SUFFIX, known: false },
    report: { files: [], unmatched: { sequences: none, activities: none, activitiesByCellType: {} }, belowMinimumBarcodes: 0, notes: [] },
    elements,
    cellTypes: CELL_TYPES.map((name, c) => ({
      name,
      measured: activities[c]!.filter((value) => !Number.isNaN(value)).length,
      mean: null,
      sd: null,
      replicateR: null,
      ceiling: null,
      activities: activities[c]!,
      replicates: [],
    })),
    unmatched: { sequences: [], activities: new Map() },
  })
  database.close()
  return { folder, dataset, remove: () => rmSync(folder, { recursive: true }) }
}

const ENDS: readonly RunState[] = ['completed', 'cancelled', 'failed', 'interrupted']

/** The core on a workspace with the real engine, called as a page calls it. */
export interface OpenedWorkbench extends Connection<WorkbenchContract> {
  readonly workbench: Workbench
  /** Every engine process that was started. */
  readonly engines: EngineProcess[]
  /** The next state of a run that passes; the one that it is in, if that does. Rejects, with its message, where the run ends in another. */
  until(run: number, ...states: RunState[]): Promise<Run>
  /** Resolves at the first epoch from now on that a run has kept. */
  nextEpoch(run: number): Promise<void>
}

export async function openSmall(folder: string, options: Partial<WorkbenchOptions> = {}): Promise<OpenedWorkbench> {
  const engines: EngineProcess[] = []
  const start = forkEngine(engineEntry(new URL('../../../../src/main/cli.ts', import.meta.url).href), silentLog)
  const startEngine: StartEngine = (...request) => {
    const engine = start(...request)
    engines.push(engine)
    return engine
  }
  let time = Date.UTC(2026, 0, 2)
  const workbench = await openWorkbench({ folder, startEngine, clock: () => new Date((time += 1000)), log: silentLog, ...options })
  const [page, core] = memoryChannel()
  const server = serve(workbenchContract, workbench.handlers, core, {
    onFault: (fault) => {
      throw fault
    },
  })
  workbench.onEvent((name, value) => server.emit(name, value))
  const connection = connect(workbenchContract, page)
  return {
    ...connection,
    workbench,
    engines,
    until: async (id, ...states) => {
      const seen = Promise.withResolvers<Run>()
      const look = (run: Run) => {
        if (run.id !== id) return
        if (states.includes(run.state)) seen.resolve(run)
        else if (ENDS.includes(run.state))
          seen.reject(new Error(`run ${id} is ${run.state} instead of ${states.join(' or ')}: ${run.message ?? 'no message'}`))
      }
      const stop = connection.on('runs.changed', look)
      const asked = connection.calls.experiments.run({ id }).then(look)
      return Promise.all([seen.promise, asked])
        .then(([run]) => run)
        .finally(stop)
    },
    nextEpoch: (id) =>
      new Promise((resolve) => {
        const stop = connection.on('runs.epoch', ({ run }) => {
          if (run !== id) return
          stop()
          resolve()
        })
      }),
  }
}
