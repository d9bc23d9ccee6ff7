import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Skipped } from '../../shared/domain/scan.ts'
import { countGc } from '../../shared/dna/gc.ts'
import { unpackRecord, type ReadRecord } from '../files/readPackedFasta.ts'
import type { OpenedSequences } from './readSequences.ts'
import { isLong, reasonToSkip, type ScanPlan } from './scanPlan.ts'

/** Records that are held while none of them can be scored; after so many the scan begins, and lists what it skips. */
const MOST_HELD = 10_000

/**
 * Sequences with their records again from the first to the last, once one is found that can be scored.
 *
 * @throws WorkbenchError `invalid-input` with the first record's reason where none can be scored, or as the readers do
 */
export async function recordsToScore<S extends Pick<OpenedSequences<ReadRecord>, 'file' | 'batches'>>(
  sequences: S,
  plan: ScanPlan,
  signal: AbortSignal,
): Promise<S> {
  const batches = sequences.batches[Symbol.asyncIterator]()
  const seen: (readonly ReadRecord[])[] = []
  let held = 0
  for (let next = await batches.next(); !next.done; next = await batches.next()) {
    signal.throwIfAborted()
    seen.push(next.value)
    held += next.value.length
    if (held > MOST_HELD || next.value.some((record) => skippedFor(record, plan) === null)) {
      return { ...sequences, batches: following(seen, batches) }
    }
  }
  const [first] = seen.flat()
  throw nothingToScore(sequences.file, first && { name: first.name, ...skippedFor(first, plan)! })
}

/** Where a record is that cannot be scored, and why. */
export function reasonOfSkipped({ name, line, reason }: Skipped): string {
  return `${name ? `${name}, line` : 'Line'} ${line}: ${reason}`
}

function skippedFor(given: ReadRecord, plan: ScanPlan): Omit<Skipped, 'name'> | null {
  const record = 'packed' in given ? unpackRecord(given) : given
  const { problem, piece, line, codes } = record
  if (problem) return { line: problem.line, reason: problem.message }
  if (piece) return null
  const { gc, at } = countGc(codes)
  const reason = reasonToSkip(record, codes.length, gc + at, isLong(codes, plan), plan)
  return reason === null ? null : { line, reason }
}

function nothingToScore(file: string, first: Skipped | undefined): WorkbenchError {
  const hint = 'Choose a file of DNA sequences.'
  const message = `Nothing in ${file} can be scored.`
  if (!first) return new WorkbenchError('invalid-input', message, { file, hint })
  return new WorkbenchError('invalid-input', `${message} ${reasonOfSkipped(first)}`, { file, line: first.line, hint })
}

/** What was read already and then the rest. */
async function* following<T>(seen: readonly T[], rest: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    yield* seen
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}
