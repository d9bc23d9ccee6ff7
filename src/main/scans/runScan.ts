import { setImmediate as nextTurn } from 'node:timers/promises'
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
/** Base codes of such a chunk: fewer records where a model reads long sequences, or says so. */
const CHUNK_BYTES = 4 << 20
/** Records between two turns of the process's loop, in which what waits for the engine is sent on: a chunk is more than a pipe takes at once. */
const RECORDS_A_TURN = 128
/** Chunks that the engine may have waiting: on a busy machine neither side then waits for the other's turn. */
const CHUNKS_AHEAD = 6

interface Chunk {
  scored: ScanChunk['scored'][number][]
  skipped: Skipped[]
  /** Base codes of `scored`, [records in a chunk, model length]. */
  bases: Uint8Array
}

/**
 * Scores the records of a source, a chunk at a time: while the engine has one, those before are kept and the next are read. When the promise
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
  const score = async ({ scored, bases }: Chunk): Promise<Float32Array> => {
    if (scored.length === 0) return new Float32Array(0)
    const input = { model, bases: bases.subarray(0, scored.length * model.length) }
    const scores = new Float32Array((await supervisor.use((calls) => calls.models.score(input, { signal: stop }), stop)).scores)
    if (scores.length !== scored.length * cellTypes.length || !scores.every(Number.isFinite)) {
      throw new WorkbenchError('unavailable', 'The engine gave scores that are not numbers.', { hint: 'Check the engine in Settings.' })
    }
    return scores
  }
  const keep = ({ scored, skipped }: Chunk, scores: Float32Array): void => {
    saveScanChunk(core.database, id, { scored, scores, skipped, seconds: (performance.now() - started) / 1000 })
    core.emit('scans.changed', readScan(core.database, id))
  }
  // Chunks that are being scored or wait to be kept, in their order.
  const pending: { readonly scores: Promise<Float32Array>; readonly kept: Promise<void> }[] = []
  const hand = async (chunk: Chunk) => {
    const scores = score(chunk)
    const kept = Promise.all([scores, pending.at(-1)?.kept]).then(([values]) => keep(chunk, values))
    // Awaited before long; until then they are nobody's unhandled rejections.
    for (const promise of [scores, kept]) promise.catch(() => {})
    pending.push({ scores, kept })
    if (pending.length > CHUNKS_AHEAD) await pending.shift()!.kept
  }
  const size = recordsInChunk(model.length)
  const empty = (): Chunk => ({ scored: [], skipped: [], bases: new Uint8Array(size * model.length) })
  try {
    let chunk = empty()
    let read = 0
    for await (const { name, line, codes, problem } of records) {
      if (++read % RECORDS_A_TURN === 0) await nextTurn()
      if (stop.aborted) throw new WorkbenchError('cancelled', 'Stopped.')
      if (problem) {
        chunk.skipped.push({ name, line: problem.line, reason: problem.message })
      } else {
        const fitted = fitBases(codes, frame)
        chunk.bases.set(fitted.codes, chunk.scored.length * model.length)
        chunk.scored.push({ name, line, length: codes.length, fitted: fitted.note })
      }
      if (chunk.scored.length < size && chunk.skipped.length < CHUNK_RECORDS) continue
      await hand(chunk)
      chunk = empty()
    }
    await hand(chunk)
    await pending.at(-1)?.kept
    endScan(core.database, id, 'completed', null)
  } catch (fault) {
    await Promise.allSettled(pending.flatMap(({ scores, kept }) => [scores, kept]))
    const end = endOf(fault, stop)
    if (end.state === 'failed') core.log.error({ err: fault, scan: id }, 'the scan failed')
    endScan(core.database, id, end.state, end.message)
  }
  core.emit('scans.changed', readScan(core.database, id))
}

/** How many records a chunk has of a model that reads so many bases: bounded in number and in bytes, at least one. */
export function recordsInChunk(length: number): number {
  return Math.max(1, Math.min(CHUNK_RECORDS, Math.floor(CHUNK_BYTES / length)))
}

function endOf(fault: unknown, stop: AbortSignal): { state: 'cancelled' | 'failed' | 'interrupted'; message: string | null } {
  if (stop.aborted) {
    const closing = stop.reason === ('closing' satisfies StopReason)
    return closing ? { state: 'interrupted', message: 'The workbench was closed during this scan.' } : { state: 'cancelled', message: null }
  }
  if (fault instanceof WorkbenchError) return { state: 'failed', message: fault.message }
  return { state: 'failed', message: `Something went wrong inside the workbench (${messageOf(fault)}).` }
}
