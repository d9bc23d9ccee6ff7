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
 * Text that is not UTF-8 is read as Latin-1 (Windows-1252, as browsers do), from its first letter that is neither ASCII nor
 * UTF-8; what stood before is the same in both.
 *
 * @param keepReturns leaves the carriage return of a CRLF at the end of its line, for a reader to whom it may belong to a field
 * @throws WorkbenchError where both encodings are mixed: names are kept letter by letter, so nothing is guessed; where its
 *   lines end as on old Macs
 */
export async function* readLines(source: OpenedSource, keepReturns = false): AsyncGenerator<LineBatch> {
  const held: Uint8Array[] = []
  const decode = textDecoder(source)
  let first = 1
  const batch = (bytes: Buffer): LineBatch => {
    const lines = decode(bytes, first).split('\n')
    if (!keepReturns) for (let i = 0; i < lines.length; i++) if (lines[i]!.endsWith('\r')) lines[i] = lines[i]!.slice(0, -1)
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

function textDecoder(source: OpenedSource): (bytes: Buffer, firstLine: number) => string {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const latin1 = new TextDecoder('windows-1252')
  let seenUtf8 = false
  return (bytes, firstLine) => {
    if (isAscii(bytes)) return bytes.toString('latin1')
    if (source.format.encoding === 'Latin-1') return latin1.decode(bytes)
    try {
      const text = utf8.decode(bytes)
      seenUtf8 = true
      return text
    } catch (fault) {
      const { line, utf8Lines } = judgeLines(bytes)
      if (seenUtf8 || utf8Lines > 0) throw mixed(source.name, firstLine + line, fault)
      source.format.encoding = 'Latin-1'
      return latin1.decode(bytes)
    }
  }
}

/** Lines before the first that is not UTF-8, and how many are UTF-8 with letters beyond ASCII. */
function judgeLines(bytes: Buffer): { line: number; utf8Lines: number } {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let fault = -1
  let utf8Lines = 0
  for (let from = 0, line = 0; from < bytes.byteLength; line++) {
    const end = bytes.indexOf(NEW_LINE, from)
    const to = end < 0 ? bytes.byteLength : end
    const content = bytes.subarray(from, to)
    from = to + 1
    if (isAscii(content)) continue
    try {
      decoder.decode(content)
      utf8Lines++
    } catch {
      if (fault < 0) fault = line
    }
  }
  return { line: fault, utf8Lines }
}

function mixed(file: string, line: number, fault: unknown): WorkbenchError {
  return new WorkbenchError(
    'invalid-input',
    `${file}, line ${line}: a letter is not in UTF-8, while others are, so names cannot be kept as they are written.`,
    { file, line, hint: 'Save the file as UTF-8.' },
    { cause: fault },
  )
}
