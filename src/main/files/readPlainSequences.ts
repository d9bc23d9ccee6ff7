import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { OpenedSource } from './openSource.ts'
import { checkSequence, type FastaRecord } from './readFasta.ts'
import { readLines } from './readLines.ts'

/**
 * Sequences one a line, named by their lines. A line of more than `longest` letters comes in pieces.
 *
 * @throws WorkbenchError where a name stands between them, so that it is a FASTA file whose beginning is lost
 */
export async function* readPlainSequences(source: OpenedSource, longest = Infinity): AsyncGenerator<FastaRecord[]> {
  let open: { readonly name: string; readonly line: number } | undefined
  for await (const { first, lines, goesOn, isCut = false } of readLines(source, false, longest)) {
    const records: FastaRecord[] = []
    for (const [i, text] of lines.entries()) {
      const sequence = text.trim()
      const line = first + i
      const isRest = goesOn === true && i === 0
      if (sequence === '' && !isRest) continue
      if (sequence.startsWith('>') && !isRest) {
        yield records
        throw new WorkbenchError('invalid-input', `${source.name}, line ${line}: here is a name, but the first sequence has none.`, {
          file: source.name,
          line,
          hint: 'Give every sequence a name line that begins with “>”, or none.',
        })
      }
      const read = toRecord({ name: `line ${line}`, line }, sequence)
      const piece = isRest || isCut ? { piece: { first: !isRest, last: !isCut } } : {}
      records.push({ ...(isRest && sequence === '' ? { ...read, problem: null } : read), ...piece })
    }
    open = isCut ? { name: `line ${first}`, line: first } : undefined
    yield records
  }
  // The line ended with the file just where it was cut.
  if (open) yield [{ ...open, sequence: '', codes: new Uint8Array(0), problem: null, piece: { first: false, last: true } }]
}

/** A sequence with its codes, or what is wrong with it. */
export function toRecord(named: Pick<FastaRecord, 'name' | 'line'>, sequence: string): FastaRecord {
  const checked = checkSequence(sequence)
  return 'codes' in checked
    ? { ...named, sequence, codes: checked.codes, problem: null }
    : { ...named, sequence, codes: new Uint8Array(0), problem: { line: named.line, message: checked.message } }
}
