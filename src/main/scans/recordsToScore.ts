import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Skipped } from '../../shared/domain/scan.ts'
import type { OpenedSource } from '../files/openSource.ts'
import type { FastaRecord } from '../files/readFasta.ts'
import { readSequences } from './readSequences.ts'

/**
 * The records of a source, from its first to its last, once one is found that can be scored.
 *
 * @throws WorkbenchError `invalid-input` with the first record's reason where none can be scored, or as {@link readSequences} does
 */
export async function recordsToScore(source: OpenedSource, signal: AbortSignal): Promise<AsyncIterable<FastaRecord>> {
  const records = (await readSequences(source)).records[Symbol.asyncIterator]()
  const seen: FastaRecord[] = []
  for (let next = await records.next(); !next.done; next = await records.next()) {
    signal.throwIfAborted()
    seen.push(next.value)
    if (!next.value.problem) return following(seen, records)
  }
  throw nothingToScore(source.name, seen)
}

/** Where a record is that cannot be scored, and why. */
export function reasonOfSkipped({ name, line, reason }: Skipped): string {
  return `${name ? `${name}, line` : 'Line'} ${line}: ${reason}`
}

function nothingToScore(file: string, [first]: readonly FastaRecord[]): WorkbenchError {
  const hint = 'Choose a file of DNA sequences.'
  const message = `Nothing in ${file} can be scored.`
  if (!first?.problem) return new WorkbenchError('invalid-input', message, { file, hint })
  const { line, message: reason } = first.problem
  return new WorkbenchError('invalid-input', `${message} ${reasonOfSkipped({ name: first.name, line, reason })}`, { file, line, hint })
}

/** What was read already and then the rest. No generator: it would take its turn at every record. */
function following(seen: readonly FastaRecord[], rest: AsyncIterator<FastaRecord>): AsyncIterable<FastaRecord> {
  const again = seen[Symbol.iterator]()
  const next = (): Promise<IteratorResult<FastaRecord>> => {
    const { done, value } = again.next()
    return done ? rest.next() : Promise.resolve({ done: false, value })
  }
  const end = async (): Promise<IteratorResult<FastaRecord>> => (await rest.return?.()) ?? { done: true, value: undefined }
  return { [Symbol.asyncIterator]: () => ({ next, return: end }) }
}
