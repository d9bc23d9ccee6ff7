import type { EventName, EventValue } from '../shared/contract/contract.ts'
import type { WorkbenchContract, WorkbenchHandlers } from '../shared/contract/workbench.ts'
import { WorkbenchError } from '../shared/domain/errors.ts'
import { compareRuns } from './comparisons/compareRuns.ts'
import type { Core, Emit } from './core.ts'
import { datasetHandlers } from './datasets/datasetHandlers.ts'
import { templateHandlers } from './datasets/importing/templateHandlers.ts'
import { splitHandlers, splitReaders } from './datasets/splits/splitHandlers.ts'
import { readCheckpointFiles } from './db/checkpoints.ts'
import type { WritableDatabase } from './db/database.ts'
import { openDatabase, openDatabaseForReading } from './db/openDatabase.ts'
import { interruptRunningScans } from './db/scans.ts'
import { hasWriter } from './db/workspaceWriter.ts'
import { engineHandlers } from './engine/engineHandlers.ts'
import type { StartEngine } from './engine/engineProcess.ts'
import { EngineSupervisor } from './engine/engineSupervisor.ts'
import { sweepCheckpointFiles } from './experiments/checkpointFiles.ts'
import { experimentHandlers, experimentReaders } from './experiments/experimentHandlers.ts'
import { asLeft, interruptLeftRuns, RunQueue } from './experiments/runQueue.ts'
import type { Log } from './logging/log.ts'
import { modelHandlers, modelReaders } from './models/modelHandlers.ts'
import { LEFT_MESSAGE, scanHandlers, scanReaders } from './scans/scanHandlers.ts'
import { prepareFolders, workspaceFolders } from './workspace.ts'
import { workspaceHandlers, workspaceReaders } from './workspaceHandlers.ts'

export interface WorkbenchOptions {
  /** The workspace; made where there is none. */
  readonly folder: string
  readonly startEngine: StartEngine
  readonly clock: () => Date
  readonly log: Log
  /** Looks at a workspace beside whoever writes to it: whatever would change it is refused. */
  readonly readOnly?: boolean
  /** Whether runs that are queued are trained. A face trains them; a command that does something else leaves them be. */
  readonly trainQueued?: boolean
}

/** The workbench's core on one workspace, for a face to serve. */
export interface Workbench {
  readonly handlers: WorkbenchHandlers
  /** Hears every event; returns how to stop. */
  readonly onEvent: (listener: Emit) => () => void
  readonly uploadsFolder: string
  /** Stops what is under way where it can go on later, ends the engine, and lets the workspace go. */
  readonly close: () => Promise<void>
}

/**
 * Opens a workspace and puts the core together on it. What a crash left under way is marked as interrupted first.
 *
 * @throws WorkbenchError where the workspace cannot be opened: see {@link openDatabase} and {@link openDatabaseForReading}
 */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  return options.readOnly ? openForReading(options) : openForWriting(options)
}

async function openForWriting({ folder, startEngine, clock, log, trainQueued = true }: WorkbenchOptions): Promise<Workbench> {
  const folders = workspaceFolders(folder)
  const database = openDatabase(folders.workspace)
  try {
    await prepareFolders(folders)
    const { emit, onEvent } = events(log)
    const core: Core = { database, folders, clock, log, emit }
    interruptLeftRuns(core)
    interruptRunningScans(database, LEFT_MESSAGE)
    const swept = await sweepCheckpointFiles(folders.checkpoints, readCheckpointFiles(database))
    if (swept.length > 0) log.info({ swept }, 'removed checkpoint files that a crash left behind')

    const training = new EngineSupervisor({ startEngine, log, onStatus: (status) => emit('engine.changed', status) })
    // A process of its own, so that scoring neither waits for a training run nor disturbs it.
    const scoring = new EngineSupervisor({ startEngine, log })
    const queue = new RunQueue(core, training)
    const scans = scanHandlers(core, scoring)
    const handlers: WorkbenchHandlers = {
      workspace: workspaceHandlers(database, folders.workspace),
      engine: engineHandlers(training),
      datasets: datasetHandlers({ database, uploadsFolder: folders.uploads, now: clock, emit }),
      templates: templateHandlers(database, clock),
      splits: splitHandlers(database, clock),
      experiments: experimentHandlers(core, queue),
      comparisons: { compare: ({ dataset, runs }) => compareRuns(database, dataset, runs) },
      models: modelHandlers(core),
      scans: scans.handlers,
    }
    if (trainQueued) queue.wake()
    return {
      handlers,
      onEvent,
      uploadsFolder: folders.uploads,
      close: once(async () => {
        await Promise.all([queue.close(), scans.close()])
        training.close()
        scoring.close()
        database.close()
      }),
    }
  } catch (fault) {
    database.close()
    throw fault
  }
}

async function openForReading({ folder, startEngine, clock, log }: WorkbenchOptions): Promise<Workbench> {
  const folders = workspaceFolders(folder)
  const database = openDatabaseForReading(folders.workspace)
  const { emit, onEvent } = events(log)
  const supervisor = new EngineSupervisor({ startEngine, log, onStatus: (status) => emit('engine.changed', status) })
  const isBeingWritten = () => hasWriter(folders.workspace)
  // Of these only the readers are kept; SQLite itself holds the connection to reading.
  const datasets = datasetHandlers({ database: database as WritableDatabase, uploadsFolder: folders.uploads, now: clock, emit })
  return {
    handlers: {
      workspace: { ...workspaceReaders(database, folders.workspace, true), changeSettings: refuse },
      engine: engineHandlers(supervisor),
      datasets: {
        ...datasets,
        commit: refuse,
        simulate: refuse,
        rename: refuse,
        annotate: refuse,
        bin: refuse,
        restore: refuse,
        purge: refuse,
        combine: refuse,
        subset: refuse,
      },
      templates: { ...templateHandlers(database as WritableDatabase, clock), save: refuse, remove: refuse },
      splits: { ...splitReaders(database), make: refuse, rename: refuse, remove: refuse },
      experiments: {
        ...experimentReaders(database, folders.checkpoints, (run) => (isBeingWritten() ? run : asLeft(run))),
        launch: refuse,
        stop: refuse,
        resume: refuse,
        reproduce: refuse,
      },
      comparisons: { compare: ({ dataset, runs }) => compareRuns(database, dataset, runs) },
      models: { ...modelReaders(database, folders), import: refuse, rename: refuse, remove: refuse, restore: refuse },
      scans: { ...scanReaders(database, folders, isBeingWritten), start: refuse, stop: refuse },
    },
    onEvent,
    uploadsFolder: folders.uploads,
    close: once(async () => {
      supervisor.close()
      database.close()
    }),
  }
}

function refuse(): never {
  throw new WorkbenchError('conflict', 'This workspace is open for reading only.', {
    hint: 'Close it where it is open for writing, and open it here again.',
  })
}

function events(log: Log): { readonly emit: Emit; readonly onEvent: (listener: Emit) => () => void } {
  const listeners = new Set<Emit>()
  return {
    emit: <N extends EventName<WorkbenchContract>>(name: N, value: EventValue<WorkbenchContract, N>) => {
      for (const listener of listeners) {
        try {
          listener(name, value)
        } catch (fault) {
          // One page's broken channel is not another's, nor the run's that the event is about.
          log.error({ err: fault, event: name }, 'an event could not be told')
        }
      }
    },
    onEvent: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= work())
}
