import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ReadRecord } from '../files/readPackedFasta.ts'
import { ChunkFiller, type ChunkToScore, type ScanStart } from './chunkFiller.ts'
import type { ScanPlan } from './scanPlan.ts'
import type { ShuffledSample } from './shuffledSample.ts'

/** Sequences that are scored and kept together: enough to keep the engine busy, few enough to hold in memory and to stop after. */
const CHUNK_RECORDS = 2048
/** Base codes of such a chunk: fewer sequences where a model reads long ones, or says so. */
const CHUNK_BYTES = 4 << 20
/** Records between two turns of the process's loop, in which what waits for the engine is sent on: a chunk is more than a pipe takes at once. */
const RECORDS_A_TURN = 128

/** Records in their order, brought to a model's length and put together in chunks; the last may be empty. */
export async function* chunksToScore(
  batches: AsyncIterable<readonly ReadRecord[]>,
  plan: ScanPlan,
  start: ScanStart,
  sample: ShuffledSample,
): AsyncGenerator<ChunkToScore> {
  const filler = new ChunkFiller(plan, recordsInChunk(plan.frame.length), start, sample)
  let read = 0
  for await (const records of batches) {
    for (const record of records) {
      if (++read % RECORDS_A_TURN === 0) await nextTurn()
      filler.begin(record)
      while (!filler.advance()) yield filler.take()
    }
  }
  yield filler.take()
}

/** How many records a chunk has of a model that reads so many bases: bounded in number and in bytes, at least one. */
export function recordsInChunk(length: number): number {
  return Math.max(1, Math.min(CHUNK_RECORDS, Math.floor(CHUNK_BYTES / length)))
}
