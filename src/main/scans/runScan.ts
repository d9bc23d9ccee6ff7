import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import type { Skipped } from '../../shared/domain/scan.ts'
import { fitBases } from '../../shared/dna/fitBases.ts'
import type { Core } from '../core.ts'
import { endScan, readScan, saveScanChunk, type ScanChunk } from '../db/scans.ts'
import type { EngineSupervisor } from '../engine/engineSupervisor.ts'
import type { SavedModel } from '../experiments/savedModel.ts'
import type { StopReason } from '../experiments/trainRun.ts'
import type { FastaRecord } from '../files/readFasta.ts'

/** Records that are scored and kept together: enough to keep the engine busy, few enough to hold in memory and to stop after. */
const CHUNK_RECORDS = 2048

interface Chunk {
  scored: ScanChunk['scored'][number][]
  skipped: Skipped[]
  /** Base codes of `scored`, [CHUNK_RECORDS, model length]. */
  bases: Uint8Array
}

/**
 * Scores the records of a source, a chunk at a time: while the engine has one, the next is read. When the promise
 * resolves, the database says how the scan ended and why; the chunks before that are kept in any case.
 */
export async function runScan(
  core: Core,
  supervisor: EngineSupervisor,
  id: number,
  saved: SavedModel,
  records: AsyncIterable<FastaRecord>,
  stop: AbortSignal,
): Promise<void> {
  const { model, frame, cellTypes } = saved
  const started = performance.now()
  let pending: Promise<void> = Promise.resolve()
  const keep = async ({ scored, skipped, bases }: Chunk): Promise<void> => {
    let scores = new Float32Array(0)
    if (scored.length > 0) {
      const input = { model, bases: bases.subarray(0, scored.length * model.length) }
      scores = new Float32Array((await supervisor.use((calls) => calls.models.score(input, { signal: stop }), stop)).scores)
      if (scores.length !== scored.length * cellTypes.length || !scores.every(Number.isFinite)) {
        throw new WorkbenchError('unavailable', 'The engine gave scores that are not numbers.', { hint: 'Check the engine in Settings.' })
      }
    }
    saveScanChunk(core.database, id, { scored, scores, skipped, seconds: (performance.now() - started) / 1000 })
    core.emit('scans.changed', readScan(core.database, id))
  }
  const hand = async (chunk: Chunk) => {
    await pending
    pending = keep(chunk)
    // Awaited before the next chunk and at the end; until then it is nobody's unhandled rejection.
    pending.catch(() => {})
  }
  const empty = (): Chunk => ({ scored: [], skipped: [], bases: new Uint8Array(CHUNK_RECORDS * model.length) })
  try {
    let chunk = empty()
    for await (const { name, line, codes, problem } of records) {
      if (stop.aborted) throw new WorkbenchError('cancelled', 'Stopped.')
      if (problem) {
        chunk.skipped.push({ name, line: problem.line, reason: problem.message })
      } else {
        const fitted = fitBases(codes, frame)
        chunk.bases.set(fitted.codes, chunk.scored.length * model.length)
        chunk.scored.push({ name, line, length: codes.length, fitted: fitted.note })
      }
      if (chunk.scored.length < CHUNK_RECORDS && chunk.skipped.length < CHUNK_RECORDS) continue
      await hand(chunk)
      chunk = empty()
    }
    await hand(chunk)
    await pending
    endScan(core.database, id, 'completed', null)
  } catch (fault) {
    await pending.catch(() => {})
    const end = endOf(fault, stop)
    if (end.state === 'failed') core.log.error({ err: fault, scan: id }, 'the scan failed')
    endScan(core.database, id, end.state, end.message)
  }
  core.emit('scans.changed', readScan(core.database, id))
}

function endOf(fault: unknown, stop: AbortSignal): { state: 'cancelled' | 'failed' | 'interrupted'; message: string | null } {
  if (stop.aborted) {
    const closing = stop.reason === ('closing' satisfies StopReason)
    return closing ? { state: 'interrupted', message: 'The workbench was closed during this scan.' } : { state: 'cancelled', message: null }
  }
  if (fault instanceof WorkbenchError) return { state: 'failed', message: fault.message }
  return { state: 'failed', message: `Something went wrong inside the workbench (${messageOf(fault)}).` }
}
