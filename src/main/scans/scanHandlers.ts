import { rm } from 'node:fs/promises'
import type { WorkbenchHandlers } from '../../shared/contract/workbench.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Scan } from '../../shared/domain/scan.ts'
import type { Source } from '../../shared/domain/source.ts'
import type { Core, WorkspaceFolders } from '../core.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readProgressOfPieces, saveBackground } from '../db/scanChunks.ts'
import {
  continueScan,
  createScan,
  deleteScan,
  forgetScanSource,
  readScan,
  readScans,
  readScanSource,
  readSkipped,
  readUploadsOfScans,
  renameScan,
  setScanBinned,
  type StoredScan,
} from '../db/scans.ts'
import type { EngineSupervisor } from '../engine/engineSupervisor.ts'
import type { StopReason } from '../experiments/trainRun.ts'
import { pathOfSource } from '../files/openSource.ts'
import { DoubtFinder } from './doubts/doubtFinder.ts'
import { fingerprintSources } from './fingerprintSource.ts'
import { preflight } from './preflight.ts'
import { openPackedSequences, openSequences } from './readSequences.ts'
import { scanAnnotations, scanReadings } from './readings.ts'
import { recordsToScore } from './recordsToScore.ts'
import { runScan, type Pace, type ScanJob } from './runScan.ts'
import { loadScanModels } from './scanModels.ts'
import { planScan } from './scanPlan.ts'
import { RecordCounts } from './recordCounts.ts'
import { readTrainingActivities, readTrainingReference } from './trainingReference.ts'

type ScanHandlers = WorkbenchHandlers['scans']
/** The calls that change a workspace. */
type Writing = 'start' | 'stop' | 'resume' | 'rename' | 'bin' | 'restore' | 'purge' | 'annotate'

/** What is said of a scan that a crash left under way. */
export const LEFT_MESSAGE = 'The workbench was ended in the middle of this scan.'

const NOTHING_DONE = { records: 0, scored: 0, windows: 0, bases: 0 }

/**
 * The calls about scans that change nothing.
 *
 * @param isScanning whether anybody can be at work on a scan that the database has as running; where nobody can, it is
 *   shown as interrupted, as the next who may write will mark it
 * @param paceOf how fast a scan is that runs here
 * @param counts told how many records a source has
 */
export function scanReaders(
  database: ReadableDatabase,
  folders: Pick<WorkspaceFolders, 'checkpoints' | 'uploads'>,
  supervisor: EngineSupervisor,
  isScanning: (id: number) => boolean,
  paceOf: (id: number) => Pace | undefined = () => undefined,
  counts = new RecordCounts(),
): Omit<ScanHandlers, Writing> {
  const asItIs = (scan: StoredScan): Scan => ({ ...ifLeft(scan, isScanning), ...paceOf(scan.id) })
  return {
    ...scanReadings(database, folders, supervisor),
    preflight: async ({ models: references, source, options }, { signal, progress }) => {
      const models = await loadScanModels(database, folders.checkpoints, references, options)
      const plan = planScan(models.frame, options, readTrainingReference(database, models.scorers[0]!.reference))
      const fingerprint = await fingerprintSources(source, options.genome, folders.uploads)
      const sequences = await openSequences(source, folders.uploads, options, { signal, progress })
      try {
        const { ambiguousBases } = models.scorers[0]!.members[0]!.model
        const seen = await preflight(sequences, plan, { ambiguousBases }, { signal, progress })
        counts.keep(fingerprint, seen.records)
        return seen
      } finally {
        await sequences.close()
      }
    },
    list: ({ binned }) => readScans(database, binned).map(asItIs),
    get: ({ id }) => ({ ...asItIs(readScan(database, id)), skippedRecords: readSkipped(database, id) }),
  }
}

/** The calls about scans on a workspace that can be written to, and how to stop all that are under way. */
export function scanHandlers(
  core: Core,
  supervisor: EngineSupervisor,
): { readonly handlers: ScanHandlers; readonly close: () => Promise<void> } {
  const { database, folders, clock, emit } = core
  const running = new Map<number, { readonly stop: AbortController; readonly ended: Promise<void>; readonly work: string; pace: Pace }>()
  /** Scans under way, and those that have ended while their files are still let go. */
  const endings = new Set<Promise<void>>()
  const counts = new RecordCounts()
  // What the database has as running may have been cut off from it, where the disk was full.
  const stored = (id: number): StoredScan => ifLeft(readScan(database, id), (scan) => running.has(scan))
  const told = (id: number): Scan => {
    const scan = { ...stored(id), ...running.get(id)?.pace }
    emit('scans.changed', scan)
    return scan
  }
  const doubts = new DoubtFinder(core, told)
  /** Takes uploads away that no scan will read again; what cannot be taken away now goes at the next opening. */
  const dropUploads = async (sources: readonly (Source | null)[]): Promise<void> => {
    const needed = new Set(readUploadsOfScans(database))
    for (const source of sources) {
      if (source?.kind !== 'upload' || needed.has(source.upload)) continue
      await rm(pathOfSource(source, folders.uploads), { force: true }).catch((fault: unknown) =>
        core.log.warn({ err: fault }, 'an upload stays'),
      )
    }
  }
  const run = (job: ScanJob, source: Source, work: string): Scan => {
    const { id, plan } = job
    const stop = new AbortController()
    supervisor.forgive()
    const tell = (pace: Pace) => {
      const known = running.get(id)
      if (known) known.pace = pace
      told(id)
    }
    const ended = runScan(core, supervisor, job, (scan) => doubts.find(scan), stop.signal, tell)
      .catch((fault: unknown) => core.log.error({ err: fault, scan: id }, 'the scan could not be kept'))
      .finally(async () => {
        // Another call may have had it go on already.
        if (running.get(id)?.stop === stop) running.delete(id)
        told(id)
        if (!running.has(id)) void doubts.find(id)
        await job.sequences.close()
        await dropUploads([source, plan.options.genome])
      })
      .catch((fault: unknown) => core.log.error({ err: fault, scan: id }, 'the scan could not be ended as it should'))
    endings.add(ended)
    void ended.then(() => endings.delete(ended))
    running.set(id, { stop, ended, work, pace: { rate: null, secondsLeft: null } })
    return told(id)
  }
  const refuseRunning = (id: number, done: string): StoredScan => {
    const scan = stored(id)
    if (scan.state !== 'running') return scan
    throw new WorkbenchError('conflict', `The scan ${scan.name} is running; it cannot be ${done}.`, { hint: 'Stop it first.' })
  }

  const start: ScanHandlers['start'] = async ({ models: references, source, options, name }, { signal, progress }) => {
    const models = await loadScanModels(database, folders.checkpoints, references, options)
    const plan = planScan(models.frame, options, readTrainingReference(database, models.scorers[0]!.reference))
    const fingerprint = await fingerprintSources(source, options.genome, folders.uploads)
    const opened = await openPackedSequences(source, folders.uploads, options, { signal, progress })
    try {
      // Read before anything is kept, so that a file which is not there, or has nothing to score, leaves no scan behind.
      const sequences = await recordsToScore(opened, plan, signal)
      const work = JSON.stringify([fingerprint, references, options])
      for (const [other, { work: theirs }] of running) {
        if (fingerprint === '' || theirs !== work) continue
        throw new WorkbenchError('conflict', `${opened.file} is being scored already in this way: ${stored(other).name}.`, {
          file: opened.file,
          hint: 'Watch that scan, or stop it first.',
        })
      }
      const id = createScan(database, {
        name,
        models: models.scorers.map(({ reference, name: model, target, cellTypes, length, members }) => ({
          reference,
          name: model,
          target,
          cellTypes: [...cellTypes],
          length,
          members: members.length,
        })),
        columns: models.columns,
        target: models.target,
        options,
        layout: opened.layout,
        file: opened.file,
        modelLength: models.frame.length,
        windowLength: plan.windows.length,
        records: counts.of(fingerprint),
        createdAt: clock().toISOString(),
        source: { source, fingerprint },
      })
      saveBackground(database, id, 'training', readTrainingActivities(database, models))
      return run({ id, models, plan, sequences, start: NOTHING_DONE, seconds: 0 }, source, work)
    } catch (fault) {
      await opened.close()
      throw fault
    }
  }

  const resume: ScanHandlers['resume'] = async ({ id }, { signal }) => {
    const scan = stored(id)
    refuseToGoOn(scan)
    const kept = readScanSource(database, id)
    if (!kept)
      throw new WorkbenchError('conflict', `The scan ${scan.name} cannot go on: where its sequences are was not kept.`, {
        hint: 'Start a new scan.',
      })
    if (kept.fingerprint === '' || (await fingerprintSources(kept.source, scan.options.genome, folders.uploads)) !== kept.fingerprint) {
      throw new WorkbenchError(
        'conflict',
        `${scan.file} has been changed since this scan began, or is not there any more, so the scan cannot go on.`,
        {
          file: scan.file,
          hint: 'What was scored is kept. Start a new scan with the file as it is now.',
        },
      )
    }
    const references = scan.models.map(({ reference }) => reference)
    const models = await loadScanModels(database, folders.checkpoints, references, scan.options)
    const plan = planScan(models.frame, scan.options, readTrainingReference(database, models.scorers[0]!.reference))
    const sequences = await openPackedSequences(kept.source, folders.uploads, scan.options, { signal })
    try {
      await doubts.stop(id)
      // Another call may have begun it while this one was opening the file.
      refuseToGoOn(stored(id))
      continueScan(database, id)
      const { scored, skipped, seconds } = readScan(database, id)
      const startAt = { records: scored + skipped, scored, ...readProgressOfPieces(database, id, scored) }
      const work = JSON.stringify([kept.fingerprint, references, scan.options])
      return run({ id, models, plan, sequences, start: startAt, seconds }, kept.source, work)
    } catch (fault) {
      await sequences.close()
      throw fault
    }
  }

  const handlers: ScanHandlers = {
    ...scanReaders(
      database,
      folders,
      supervisor,
      (id) => running.has(id),
      (id) => running.get(id)?.pace,
      counts,
    ),
    ...scanAnnotations(database, folders),
    start,
    resume,
    stop: async ({ id }) => {
      const scan = readScan(database, id)
      const found = running.get(id)
      if (!found) throw new WorkbenchError('conflict', `The scan ${scan.name} has ended already.`)
      found.stop.abort('asked' satisfies StopReason)
      await found.ended
      return readScan(database, id)
    },
    rename: ({ id, name }) => {
      renameScan(database, id, name)
      return told(id)
    },
    bin: async ({ id }) => {
      const { options } = refuseRunning(id, 'put into the bin')
      // Whoever throws it away has no more use for the file that it was to go on with.
      const kept = readScanSource(database, id)
      forgetScanSource(database, id)
      setScanBinned(database, id, clock().toISOString())
      if (kept) await dropUploads([kept.source, options.genome])
      return told(id)
    },
    restore: ({ id }) => {
      setScanBinned(database, id, null)
      return told(id)
    },
    purge: async ({ id }) => {
      await doubts.stop(id)

      const scan = refuseRunning(id, 'deleted')
      if (scan.binnedAt === null) {
        throw new WorkbenchError('conflict', `The scan ${scan.name} is not in the bin.`, { hint: 'Put it into the bin first.' })
      }
      const bytes = deleteScan(database, id)
      emit('scans.removed', { id })
      return { bytes }
    },
  }
  return {
    handlers,
    close: async () => {
      for (const { stop } of running.values()) stop.abort('closing' satisfies StopReason)
      await Promise.all(endings)
      await doubts.close()
    },
  }
}

/** A scan that the database has as running and nobody is at work on. */
function ifLeft(scan: StoredScan, isScanning: (id: number) => boolean): StoredScan {
  return scan.state === 'running' && !isScanning(scan.id) ? { ...scan, state: 'interrupted', message: LEFT_MESSAGE } : scan
}

function refuseToGoOn({ name, state, binnedAt }: Scan): void {
  if (binnedAt !== null)
    throw new WorkbenchError('conflict', `The scan ${name} is in the bin.`, { hint: 'Bring it back, and start a new scan.' })
  if (state === 'running') throw new WorkbenchError('conflict', `The scan ${name} is running.`)
  if (state === 'completed') throw new WorkbenchError('conflict', `The scan ${name} is complete.`)
}
