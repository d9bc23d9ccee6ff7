import { setImmediate } from 'node:timers/promises'
import type { WorkbenchHandlers } from '../../shared/contract/workbench.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Scan } from '../../shared/domain/scan.ts'
import type { Core, WorkspaceFolders } from '../core.ts'
import { createScan, readScan, readScans, readScorePage, readScoresFrom, readSkipped } from '../db/scans.ts'
import type { ReadableDatabase } from '../db/database.ts'
import type { EngineSupervisor } from '../engine/engineSupervisor.ts'
import type { StopReason } from '../experiments/trainRun.ts'
import { openSource, withSource } from '../files/openSource.ts'
import type { FastaRecord } from '../files/readFasta.ts'
import { loadAnyModel } from '../models/loadAnyModel.ts'
import { preflight } from './preflight.ts'
import { recordsToScore } from './recordsToScore.ts'
import { runScan } from './runScan.ts'
import { tsvHeader, tsvLines } from './scoresTsv.ts'

/** Rows that are put into the table at a time. */
const TSV_ROWS = 1000

type ScanHandlers = WorkbenchHandlers['scans']

/** What is said of a scan that a crash left under way. */
export const LEFT_MESSAGE = 'The workbench was ended in the middle of this scan.'

/**
 * The calls about scans that change nothing.
 *
 * @param isScanning whether anybody can be at work on the scans that the database has as running; where nobody can, they are
 *   shown as interrupted, as the next who may write will mark them
 */
export function scanReaders(
  database: ReadableDatabase,
  folders: Pick<WorkspaceFolders, 'checkpoints' | 'uploads'>,
  isScanning: () => boolean,
): Omit<ScanHandlers, 'start' | 'stop'> {
  const asItIs = (scan: Scan): Scan =>
    scan.state === 'running' && !isScanning() ? { ...scan, state: 'interrupted', message: LEFT_MESSAGE } : scan
  return {
    preflight: async ({ source, ...of }, { signal }) => {
      const model = await loadAnyModel(database, folders.checkpoints, of)
      return withSource(source, folders.uploads, (opened) => preflight(opened, model, signal))
    },
    list: () => readScans(database).map(asItIs),
    get: ({ id }) => ({ ...asItIs(readScan(database, id)), skippedRecords: readSkipped(database, id) }),
    scores: ({ id, ...page }) => readScorePage(database, readScan(database, id), page),
    tsv: async ({ id }, { signal }) => {
      const scan = readScan(database, id)
      const pieces = [Buffer.from(tsvHeader(scan.cellTypes))]
      for (let position = 0; position < scan.scored; position += TSV_ROWS) {
        pieces.push(Buffer.from(tsvLines(readScoresFrom(database, scan, position, TSV_ROWS))))
        // A long table must not keep everything else waiting.
        await setImmediate()
        signal.throwIfAborted()
      }
      return { fileName: `${scan.name.replace(/[^\p{L}\p{N}._-]+/gu, '_')}.tsv`, bytes: new Uint8Array(Buffer.concat(pieces)) }
    },
  }
}

/** The calls about scans on a workspace that can be written to, and how to stop all that are under way. */
export function scanHandlers(
  core: Core,
  supervisor: EngineSupervisor,
): { readonly handlers: ScanHandlers; readonly close: () => Promise<void> } {
  const { database, folders, clock, emit } = core
  const running = new Map<number, { readonly stop: AbortController; readonly ended: Promise<void> }>()
  const start: ScanHandlers['start'] = async ({ source, name, ...of }, { signal }) => {
    const saved = await loadAnyModel(database, folders.checkpoints, of)
    const { cellTypes, model } = saved
    const opened = await openSource(source, folders.uploads)
    let records: AsyncIterable<FastaRecord>
    let id: number
    try {
      // Read before anything is kept, so that a file which is not there, or has nothing to score, leaves no scan behind.
      records = await recordsToScore(opened, signal)
      id = createScan(database, { name, of, cellTypes, modelLength: model.length, createdAt: clock().toISOString() })
    } catch (fault) {
      await opened.close()
      throw fault
    }
    const stop = new AbortController()
    supervisor.forgive()
    const ended = runScan(core, supervisor, id, saved, records, stop.signal)
      .catch((fault: unknown) => core.log.error({ err: fault, scan: id }, 'the scan could not be kept'))
      .finally(async () => {
        running.delete(id)
        await opened.close()
      })
    running.set(id, { stop, ended })
    const scan = readScan(database, id)
    emit('scans.changed', scan)
    return scan
  }
  const stop: ScanHandlers['stop'] = async ({ id }) => {
    const scan = readScan(database, id)
    const found = running.get(id)
    if (!found) throw new WorkbenchError('conflict', `The scan ${scan.name} has ended already.`)
    found.stop.abort('asked' satisfies StopReason)
    await found.ended
    return readScan(database, id)
  }
  return {
    handlers: { ...scanReaders(database, folders, () => true), start, stop },
    close: async () => {
      for (const { stop } of running.values()) stop.abort('closing' satisfies StopReason)
      await Promise.all([...running.values()].map(({ ended }) => ended))
    },
  }
}
