import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { OpenedSource } from '../files/openSource.ts'
import { checkSequence, readFasta, type FastaRecord } from '../files/readFasta.ts'
import { readLines } from '../files/readLines.ts'

/** How the sequences of a source are written. */
export type SequenceLayout = 'fasta' | 'plain'

export interface Sequences {
  readonly layout: SequenceLayout
  readonly records: AsyncIterable<FastaRecord>
}

/**
 * The sequences to be scored: FASTA, or plain sequences, one a line, which are named by their lines. Which of the two it is,
 * the first line says: letters alone are a sequence.
 *
 * @throws WorkbenchError as {@link readFasta} does, here or while the records are read
 */
export async function readSequences(source: OpenedSource): Promise<Sequences> {
  const chunks = source.chunks[Symbol.asyncIterator]()
  const first = await chunks.next()
  const whole: OpenedSource = { ...source, chunks: rejoin(first, chunks) }
  const firstLine = first.done
    ? ''
    : (/^\s*(\S.*)$/m.exec(
        Buffer.from(first.value)
          .toString('latin1')
          .replace(/^\xef\xbb\xbf/, ''),
      )?.[1] ?? '')
  return /^[a-z*.-]+\s*$/i.test(firstLine) ? { layout: 'plain', records: readPlain(whole) } : { layout: 'fasta', records: readFasta(whole) }
}

async function* readPlain(source: OpenedSource): AsyncGenerator<FastaRecord> {
  for await (const { first, lines } of readLines(source)) {
    for (const [i, text] of lines.entries()) {
      const sequence = text.trim()
      if (sequence === '') continue
      const line = first + i
      if (sequence.startsWith('>')) {
        throw new WorkbenchError('invalid-input', `${source.name}, line ${line}: here is a name, but the first sequence has none.`, {
          file: source.name,
          line,
          hint: 'Give every sequence a name line that begins with “>”, or none.',
        })
      }
      const checked = checkSequence(sequence)
      const problem = 'message' in checked ? { line, message: checked.message } : null
      yield { name: `line ${line}`, line, sequence, codes: 'codes' in checked ? checked.codes : new Uint8Array(0), problem }
    }
  }
}

async function* rejoin(first: IteratorResult<Uint8Array>, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (let next = first; !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}
