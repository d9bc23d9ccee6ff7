import { isAscii } from 'node:buffer'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { OpenedSource } from './openSource.ts'

const NEW_LINE = 0x0a

/** Lines that follow each other, without their ends. */
export interface LineBatch {
  /** Line number of the first, counted from 1. */
  readonly first: number
  readonly lines: readonly string[]
}

/**
 * The lines of a source in batches of a chunk each, so that everything else has its turn between two batches. A byte-order
 * mark is dropped, lines end in LF or CRLF, the last may lack its end.
 *
 * @throws WorkbenchError where the text is not UTF-8: names are kept byte for byte, so nothing is replaced; where its lines
 *   end as on old Macs
 */
export async function* readLines(source: OpenedSource): AsyncGenerator<LineBatch> {
  const held: Uint8Array[] = []
  let first = 1
  const batch = (bytes: Buffer): LineBatch => {
    const lines = decode(bytes, source.name, first).split('\n')
    for (let i = 0; i < lines.length; i++) if (lines[i]!.endsWith('\r')) lines[i] = lines[i]!.slice(0, -1)
    const result = { first, lines }
    first += lines.length
    return result
  }
  let start = true
  for await (let chunk of source.chunks) {
    if (start && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) chunk = chunk.subarray(3)
    start = false
    const end = chunk.lastIndexOf(NEW_LINE)
    if (end < 0) {
      held.push(chunk)
      continue
    }
    yield batch(Buffer.concat([...held.splice(0), chunk.subarray(0, end)]))
    if (end + 1 < chunk.byteLength) held.push(chunk.subarray(end + 1))
  }
  const rest = Buffer.concat(held)
  if (rest.byteLength === 0) return
  const last = batch(rest)
  if (last.first === 1 && /\r[^\r]/.test(last.lines[0]!)) throw oldMacLines(source.name)
  yield last
}

function oldMacLines(file: string): WorkbenchError {
  return new WorkbenchError('invalid-input', `${file} has the line ends of old Macs, so it reads as one long line.`, {
    file,
    hint: 'Save it with the line ends of Unix (LF) or Windows (CRLF).',
  })
}

function decode(bytes: Buffer, file: string, first: number): string {
  if (isAscii(bytes)) return bytes.toString('latin1')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (fault) {
    const line = first + lineOfFirstFault(bytes)
    throw new WorkbenchError(
      'invalid-input',
      `${file}, line ${line}: a letter is not in UTF-8, so names cannot be kept as they are written.`,
      { file, line, hint: 'Save the file as UTF-8.' },
      { cause: fault },
    )
  }
}

/** Lines before the first one that is not UTF-8. */
function lineOfFirstFault(bytes: Buffer): number {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 0
  for (let from = 0; from < bytes.byteLength; line++) {
    const end = bytes.indexOf(NEW_LINE, from)
    const to = end < 0 ? bytes.byteLength : end
    try {
      decoder.decode(bytes.subarray(from, to))
    } catch {
      return line
    }
    from = to + 1
  }
  return line
}
