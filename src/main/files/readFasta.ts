import { CODES, encodeBases, isUnambiguous } from '../../shared/dna/bases.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { OpenedSource } from './openSource.ts'
import { readLines, type LineBatch } from './readLines.ts'

/** Why a record cannot be used: a sentence or two, without the record's name and line, and the line that it is about. */
export interface SequenceProblem {
  readonly line: number
  readonly message: string
}

/** One record of a FASTA file. What is wrong with it is the reader's to say and the caller's to judge. */
export interface FastaRecord {
  /** The whole header after its `>`, byte for byte. */
  readonly name: string
  /** Line of the header, counted from 1. */
  readonly line: number
  /** The lines of the sequence joined, in the letters of the file. */
  readonly sequence: string
  /** Base codes (`shared/dna/bases.ts`), on memory shared with other records; empty where there is a problem. */
  readonly codes: Uint8Array
  readonly problem: SequenceProblem | null
  /** Where a record is too long to be held: which piece of it this is. Pieces follow each other; a problem is that of its own piece. */
  readonly piece?: { readonly first: boolean; readonly last: boolean }
}

const NO_CODES = new Uint8Array(0)
/** The codes of short sequences share their memory: an allocation each would cost more than reading them. */
const SHARED_MEMORY = 1 << 16
let shared = new Uint8Array(SHARED_MEMORY)
let sharedUsed = 0
const SEEN_AS_WORDS: Readonly<Record<string, string>> = { ' ': 'A space', '\t': 'A tab', '\r': 'A bare carriage return' }

/**
 * The records of a FASTA file, one by one, as they are read.
 *
 * @throws WorkbenchError as {@link readFastaBatches} does
 */
export async function* readFasta(source: OpenedSource): AsyncGenerator<FastaRecord> {
  for await (const records of readFastaBatches(source)) yield* records
}

/**
 * The records of a FASTA file, as many at a time as a piece of it holds: a turn of an asynchronous loop costs as much as reading a
 * short record.
 *
 * @param longest letters of a record that are held; a longer one comes in pieces
 * @throws WorkbenchError where the file as a whole is no FASTA: something before the first `>`, or no record at all
 */
export async function* readFastaBatches(source: OpenedSource, longest = Infinity): AsyncGenerator<FastaRecord[]> {
  const reader = new FastaLines(source.name, longest)
  for await (const lines of readLines(source, false, longest)) {
    const records = reader.read(lines)
    if (records.length > 0) yield records
  }
  yield [reader.last()]
}

/** Makes records of the lines of a FASTA file. */
export class FastaLines {
  readonly #file: string
  readonly #longest: number
  #header: { readonly name: string; readonly line: number } | undefined
  #pieces: string[] = []
  #pieceLines: number[] = []
  #letters = 0
  /** Of the record that is being read, some pieces are out already. */
  #isCut = false
  #isName = false

  constructor(file: string, longest: number) {
    this.#file = file
    this.#longest = longest
  }

  /** The records that lines, which follow those before, bring to their ends. @throws WorkbenchError where they are no FASTA */
  read({ first, lines, goesOn }: LineBatch): FastaRecord[] {
    const records: FastaRecord[] = []
    for (let i = 0; i < lines.length; i++) {
      const text = lines[i]!
      const line = first + i
      if (goesOn && i === 0) {
        if (this.#isName) {
          this.#header = { name: this.#header!.name + text, line }
          continue
        }
      } else if ((this.#isName = text.startsWith('>'))) {
        records.push(...this.end())
        this.#header = { name: text.slice(1), line }
        continue
      }
      const piece = text.trimEnd()
      if (piece === '') continue
      if (!this.#header) throw notFasta(this.#file, line, text)
      this.#pieces.push(piece)
      this.#pieceLines.push(line)
      this.#letters += piece.length
    }
    if (this.#letters >= this.#longest) records.push(this.#next(this.#header!, false))
    return records
  }

  /** The record that is being read, where there is one, ends here. */
  end(): FastaRecord[] {
    const header = this.#header
    if (!header) return []
    this.#header = undefined
    return [this.#next(header, true)]
  }

  /** The last record of the file. @throws WorkbenchError where there was none at all */
  last(): FastaRecord {
    const [record] = this.end()
    if (record) return record
    throw new WorkbenchError('invalid-input', `${this.#file} holds no sequences: there are only empty lines.`, {
      file: this.#file,
      hint: 'Choose another file.',
    })
  }

  #next(header: { readonly name: string; readonly line: number }, isLast: boolean): FastaRecord {
    const whole = !this.#isCut && isLast
    const read = whole
      ? record(header, this.#pieces, this.#pieceLines)
      : {
          ...(this.#letters > 0 ? record(header, this.#pieces, this.#pieceLines) : noMore(header)),
          piece: { first: !this.#isCut, last: isLast },
        }
    this.#isCut = !isLast
    this.#pieces = []
    this.#pieceLines = []
    this.#letters = 0
    return read
  }
}

/** The end of a record all of whose letters are out. */
function noMore(header: { name: string; line: number }): FastaRecord {
  return { ...header, sequence: '', codes: NO_CODES, problem: null }
}

/** Codes of a sequence, or what is wrong with it in words that end in what it looks like. */
export function checkSequence(
  sequence: string,
  memory?: Uint8Array,
): { readonly codes: Uint8Array } | { readonly at: number; readonly message: string } {
  if (sequence === '') return { at: 0, message: 'There is no sequence.' }
  const read = encodeBases(sequence, memory)
  if ('notDnaAt' in read) {
    const letter = sequence[read.notDnaAt]!
    const said = `${SEEN_AS_WORDS[letter] ?? letter} is not a DNA letter.`
    const means = looksLikeProtein(sequence)
      ? ' This looks like protein.'
      : letter === '-' || letter === '.'
        ? ' Gaps of an alignment have to be taken out first.'
        : ''
    return { at: read.notDnaAt, message: said + means }
  }
  if (read.ambiguous && sequence.length >= 20 && shareOfBases(read.codes) < 0.5) {
    return { at: 0, message: 'More than half of the letters are ambiguous. This looks like protein.' }
  }
  return read
}

function record(header: { name: string; line: number }, pieces: readonly string[], pieceLines: readonly number[]): FastaRecord {
  const sequence = pieces.length === 1 ? pieces[0]! : pieces.join('')
  const checked = checkSequence(sequence, memoryFor(sequence.length))
  if ('message' in checked) {
    return {
      ...header,
      sequence,
      codes: NO_CODES,
      problem: { line: lineOf(checked.at, pieces, pieceLines, header.line), message: checked.message },
    }
  }
  const { name, line } = header
  const problem = /\S/.test(name) ? null : { line, message: 'The sequence has no name.' }
  return { name, line, sequence, codes: problem ? NO_CODES : checked.codes, problem }
}

function memoryFor(length: number): Uint8Array {
  if (length > SHARED_MEMORY / 16) return new Uint8Array(length)
  if (sharedUsed + length > SHARED_MEMORY) {
    shared = new Uint8Array(SHARED_MEMORY)
    sharedUsed = 0
  }
  return shared.subarray(sharedUsed, (sharedUsed += length))
}

function lineOf(at: number, pieces: readonly string[], pieceLines: readonly number[], headerLine: number): number {
  let start = 0
  for (const [i, piece] of pieces.entries()) {
    start += piece.length
    if (at < start) return pieceLines[i]!
  }
  return headerLine
}

function notFasta(file: string, line: number, text: string): WorkbenchError {
  const looksLikeTable = /[\t,;]/.test(text)
  return new WorkbenchError(
    'invalid-input',
    `${file}, line ${line}: a FASTA file starts with a line that begins with “>”.${looksLikeTable ? ' This looks like a table.' : ''}`,
    {
      file,
      line,
      hint: looksLikeTable ? 'Choose it as the activity file or as a table, and a FASTA file for the sequences.' : 'Choose a FASTA file.',
    },
  )
}

function looksLikeProtein(sequence: string): boolean {
  if (!/^[A-Z*]+$/i.test(sequence)) return false
  return (sequence.match(/[ACGTUN]/gi)?.length ?? 0) < sequence.length / 2
}

const N = 15
const countsAsBase = Uint8Array.from({ length: CODES }, (_, code) => Number(isUnambiguous(code) || code === N))

function shareOfBases(codes: Uint8Array): number {
  let bases = 0
  for (let i = 0; i < codes.length; i++) bases += countsAsBase[codes[i]!]!
  return bases / codes.length
}
