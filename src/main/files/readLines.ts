import { isAscii } from 'node:buffer'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { OpenedSource } from './openSource.ts'

const NEW_LINE = 0x0a
const RETURN = 0x0d

/** Lines that follow each other, without their ends. */
export interface LineBatch {
  /** Line number of the first, counted from 1. */
  readonly first: number
  readonly lines: readonly string[]
  /** Where the first goes on from the last of the batch before, being too long for one. */
  readonly goesOn?: true
  /** Where the last, and only, one goes on in the next batch. */
  readonly isCut?: true
}

/** The bytes of a {@link LineBatch}, from the start of its first line to the end of its last, without that line's end. */
export interface LineBytes {
  readonly bytes: Buffer
  /** As those of a batch. */
  readonly goesOn: boolean
  readonly isCut: boolean
}

/**
 * The lines of a source in batches of a chunk each, so that everything else has its turn between two batches. A byte-order
 * mark is dropped, lines end in LF or CRLF, the last may lack its end.
 *
 * Text that is not UTF-8 is read as Latin-1 (Windows-1252, as browsers do), from its first letter that is neither ASCII nor
 * UTF-8; what stood before is the same in both.
 *
 * @param keepReturns leaves the carriage return of a CRLF at the end of its line, for a reader to whom it may belong to a field
 * @param longest bytes of a line that are held; a longer one comes in several batches
 * @throws WorkbenchError where both encodings are mixed: names are kept letter by letter, so nothing is guessed; where its
 *   lines end as on old Macs
 */
export async function* readLines(source: OpenedSource, keepReturns = false, longest = Infinity): AsyncGenerator<LineBatch> {
  const decoder = new LineDecoder(source, keepReturns)
  for await (const piece of readLineBytes(source, longest)) yield decoder.decode(piece)
}

/** Makes lines of what {@link readLineBytes} gives, as {@link readLines} does. */
export class LineDecoder {
  /** Line number of what is decoded next; whoever reads some lines another way passes over them. */
  line = 1
  readonly #keepReturns: boolean
  readonly #decode: (bytes: Buffer, firstLine: number) => string

  constructor(source: OpenedSource, keepReturns = false) {
    this.#keepReturns = keepReturns
    this.#decode = textDecoder(source)
  }

  decode({ bytes, goesOn, isCut }: LineBytes): LineBatch {
    const first = this.line
    const lines = this.#decode(bytes, first).split('\n')
    if (!this.#keepReturns && !isCut) for (let i = 0; i < lines.length; i++) if (lines[i]!.endsWith('\r')) lines[i] = lines[i]!.slice(0, -1)
    this.line += lines.length - Number(isCut)
    return { first, lines, ...(goesOn && { goesOn }), ...(isCut && { isCut }) }
  }
}

/** The bytes of {@link readLines}' batches, for a reader that need not have all of them as text. */
export async function* readLineBytes(source: OpenedSource, longest = Infinity): AsyncGenerator<LineBytes> {
  const held: Uint8Array[] = []
  let heldBytes = 0
  let goesOn = false as boolean
  let isFirst = true as boolean
  const piece = (bytes: Buffer, isCut = false as boolean): LineBytes => {
    const given = { bytes, goesOn, isCut }
    goesOn = isCut
    isFirst = false
    return given
  }
  let start = true
  for await (let chunk of source.chunks) {
    if (start && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) chunk = chunk.subarray(3)
    start = false
    const end = chunk.lastIndexOf(NEW_LINE)
    if (end < 0) {
      held.push(chunk)
      heldBytes += chunk.byteLength
      if (heldBytes < longest) continue
      const line = Buffer.concat(held.splice(0))
      const cut = wholeLetters(line)
      if (cut > 0) yield piece(line.subarray(0, cut), true)
      held.push(line.subarray(cut))
      heldBytes = line.byteLength - cut
      continue
    }
    yield piece(Buffer.concat([...held.splice(0), chunk.subarray(0, end)]))
    heldBytes = chunk.byteLength - end - 1
    if (heldBytes > 0) held.push(chunk.subarray(end + 1))
  }
  const rest = Buffer.concat(held)
  if (rest.byteLength === 0) return
  if (isFirst && hasOldMacLines(rest)) throw oldMacLines(source.name)
  yield piece(rest)
}

/** Whether a return stands within a text of one line. */
function hasOldMacLines(line: Buffer): boolean {
  const at = line.indexOf(RETURN)
  return at >= 0 && at < line.byteLength - 1
}

/** Bytes up to the last that is sure to end a letter, and is no return that may belong to a line's end. */
function wholeLetters(bytes: Buffer): number {
  let end = bytes.byteLength
  while (end > 0 && (bytes[end - 1]! >= 0x80 || bytes[end - 1] === RETURN)) end--
  return end
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
