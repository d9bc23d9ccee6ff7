import type { EventName, EventValue } from '../shared/contract/contract.ts'
import type { WorkbenchContract, WorkbenchHandlers } from '../shared/contract/workbench.ts'
import { WorkbenchError } from '../shared/domain/errors.ts'
import { comparisonHandlers } from './comparisons/comparisonHandlers.ts'
import type { Core, Emit } from './core.ts'
import { datasetHandlers } from './datasets/datasetHandlers.ts'
import { ContentCache } from './datasets/explore/contentCache.ts'
import { templateHandlers } from './datasets/importing/templateHandlers.ts'
import { splitHandlers, splitReaders } from './datasets/splits/splitHandlers.ts'
import { readCheckpointFiles } from './db/checkpoints.ts'
import type { WritableDatabase } from './db/database.ts'
import { openDatabase, openDatabaseForReading } from './db/openDatabase.ts'
import { interruptRunningScans, readUploadsOfScans } from './db/scans.ts'
import { hasWriter } from './db/workspaceWriter.ts'
import { engineHandlers } from './engine/engineHandlers.ts'
import type { StartEngine } from './engine/engineProcess.ts'
import { EngineSupervisor } from './engine/engineSupervisor.ts'
import { ensembleHandlers, ensembleReaders } from './ensembles/ensembleHandlers.ts'
import { sweepCheckpointFiles } from './experiments/checkpointFiles.ts'
import { TrainingRates } from './experiments/estimate/trainingRates.ts'
import { experimentHandlers, experimentReaders } from './experiments/experimentHandlers.ts'
import { asSeen, interruptLeftRuns, readQueue, RunQueue } from './experiments/runQueue.ts'
import { TrainingEngines } from './experiments/trainingEngines.ts'
import type { Log } from './logging/log.ts'
import { modelHandlers, modelReaders } from './models/modelHandlers.ts'
import { reportHandlers } from './reports/reportHandlers.ts'
import { LEFT_MESSAGE, scanHandlers, scanReaders } from './scans/scanHandlers.ts'
import { sharingHandlers, sharingReaders } from './sharing/sharingHandlers.ts'
import { prepareFolders, workspaceFolders } from './workspace.ts'
import { readUploadLimit, workspaceHandlers, workspaceReaders } from './workspaceHandlers.ts'

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
  /** Bytes that a page may upload in one file, as Settings say now. */
  readonly uploadLimit: () => number
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
    await prepareFolders(folders, readUploadsOfScans(database))
    const { emit, onEvent } = events(log)
    const core: Core = { database, folders, clock, log, emit }
    const contents = new ContentCache(database)
    interruptLeftRuns(core)
    interruptRunningScans(database, LEFT_MESSAGE)
    const swept = await sweepCheckpointFiles(folders.checkpoints, readCheckpointFiles(database))
    if (swept.length > 0) log.info({ swept }, 'removed checkpoint files that a crash left behind')

    const training = new TrainingEngines({ startEngine, log, onStatus: (status) => emit('engine.changed', status) })
    // A process of its own, so that scoring neither waits for a training run nor disturbs it.
    const scoring = new EngineSupervisor({ startEngine, log })
    const queue = new RunQueue(core, training)
    const scans = scanHandlers(core, scoring)
    const handlers: WorkbenchHandlers = {
      workspace: workspaceHandlers(database, folders.workspace),
      engine: engineHandlers(training),
      datasets: datasetHandlers({ database, uploadsFolder: folders.uploads, now: clock, emit, contents }),
      templates: templateHandlers(database, clock),
      splits: splitHandlers(database, clock),
      experiments: { ...experimentHandlers(core, queue, new TrainingRates(database, training)), ...sharingHandlers(core) },
      ensembles: ensembleHandlers(core),
      comparisons: comparisonHandlers({ database, contents }),
      reports: reportHandlers(() => handlers, clock),
      models: modelHandlers(core),
      scans: scans.handlers,
    }
    if (trainQueued) queue.wake()
    return {
      handlers,
      onEvent,
      uploadsFolder: folders.uploads,
      uploadLimit: () => readUploadLimit(database),
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
  const engines = new TrainingEngines({ startEngine, log, onStatus: (status) => emit('engine.changed', status) })
  const scoring = new EngineSupervisor({ startEngine, log })
  const isBeingWritten = () => hasWriter(folders.workspace)
  const contents = new ContentCache(database)
  // Of these only the readers are kept; SQLite itself holds the connection to reading.
  const datasets = datasetHandlers({ database: database as WritableDatabase, uploadsFolder: folders.uploads, now: clock, emit, contents })
  const handlers: WorkbenchHandlers = {
    workspace: { ...workspaceReaders(database, folders.workspace, true), changeSettings: refuse },
    engine: engineHandlers(engines),
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
      ...experimentReaders(database, folders.checkpoints, () => asSeen(database, isBeingWritten())),
      estimate: refuse,
      launch: refuse,
      stop: refuse,
      resume: refuse,
      reproduce: refuse,
      queue: () => readQueue(database, engines),
      pauseQueue: refuse,
      continueQueue: refuse,
      moveInQueue: refuse,
      annotate: refuse,
      bin: refuse,
      restore: refuse,
      purge: refuse,
      ...sharingReaders(database, folders),
      takeShared: refuse,
    },
    ensembles: { ...ensembleReaders(database), make: refuse, rename: refuse, remove: refuse, restore: refuse, purge: refuse },
    comparisons: comparisonHandlers({ database, contents }),
    reports: reportHandlers(() => handlers, clock),
    models: { ...modelReaders(database, folders), import: refuse, rename: refuse, remove: refuse, restore: refuse },
    scans: {
      ...scanReaders(database, folders, scoring, isBeingWritten),
      start: refuse,
      stop: refuse,
      resume: refuse,
      rename: refuse,
      bin: refuse,
      restore: refuse,
      purge: refuse,
      annotate: refuse,
    },
  }
  return {
    handlers,
    onEvent,
    uploadsFolder: folders.uploads,
    uploadLimit: () => readUploadLimit(database),
    close: once(async () => {
      engines.close()
      scoring.close()
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
