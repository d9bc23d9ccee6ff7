import { WorkbenchError } from '../../shared/domain/errors.ts'

const NEW_LINE = 0x0a
const RETURN = 0x0d
const GREATER = 0x3e

/** One sequence of an indexed FASTA file, as in a line of its `.fai` (samtools faidx). */
export interface IndexedSequence {
  readonly name: string
  readonly length: number
  /** Where its first base stands, in bytes of the uncompressed file. */
  readonly offset: number
  /** Bases in each of its lines but the last. */
  readonly lineBases: number
  /** Bytes in each of its lines, line end included. */
  readonly lineBytes: number
}

/** Reads a `.fai`. @throws WorkbenchError where it is none */
export function parseFastaIndex(text: string, file: string): IndexedSequence[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line, i) => {
      const [name, ...fields] = line.split('\t')
      const [length, offset, lineBases, lineBytes] = fields.map(Number)
      const isWhole =
        name && fields.length >= 4 && [length, offset, lineBases, lineBytes].every((value) => Number.isSafeInteger(value) && value! >= 0)
      if (!isWhole) {
        throw new WorkbenchError('invalid-input', `${file}, line ${i + 1}: this is no index of a FASTA file.`, {
          file,
          line: i + 1,
          hint: 'Make it again with samtools faidx, or leave it out: the workbench then makes its own.',
        })
      }
      return { name, length: length!, offset: offset!, lineBases: lineBases!, lineBytes: lineBytes! }
    })
}

/** An index as the text of a `.fai`. */
export function formatFastaIndex(sequences: readonly IndexedSequence[]): string {
  return sequences
    .map(({ name, length, offset, lineBases, lineBytes }) => `${[name, length, offset, lineBases, lineBytes].join('\t')}\n`)
    .join('')
}

/**
 * Indexes a FASTA file while its bytes pass by. Names end at the first space, as samtools has it.
 *
 * @throws WorkbenchError where the lines of a sequence are of several lengths, so that no place can be reckoned
 */
export function fastaIndexer(file: string): { push(chunk: Uint8Array): void; finish(): IndexedSequence[] } {
  const sequences: IndexedSequence[] = []
  let current: { name: string; length: number; offset: number; lineBases: number; lineBytes: number; isLast: boolean } | undefined
  /** Of the line that is being read, which may be a whole chromosome: its length in bytes so far, and its last byte. */
  let lineLength = 0
  let lastByte = NEW_LINE
  /** Its text, where it is a name. */
  let header: Buffer[] | undefined
  let passed = 0
  let line = 1
  const endLine = (hasEnd: boolean) => {
    if (header) {
      if (current) sequences.push(current)
      const name = Buffer.concat(header).toString('utf8', 1).trim().split(/\s/, 1)[0]!
      current = { name, length: 0, offset: passed, lineBases: 0, lineBytes: 0, isLast: false }
    } else takeBases(lineLength - (lineLength > 0 && lastByte === RETURN ? 1 : 0), lineLength + (hasEnd ? 1 : 0))
    header = undefined
    lineLength = 0
    line++
  }
  const takeBases = (bases: number, lineBytes: number) => {
    if (!current) {
      if (bases === 0) return
      throw new WorkbenchError('invalid-input', `${file}, line ${line}: a FASTA file starts with a line that begins with “>”.`, {
        file,
        line,
      })
    }
    if (bases === 0) {
      current.isLast = true
      return
    }
    if (current.lineBases === 0) {
      current.lineBases = bases
      current.lineBytes = lineBytes
    } else if (current.isLast || bases > current.lineBases) {
      throw new WorkbenchError(
        'invalid-input',
        `${file}, line ${line} (${current.name}): lines of one sequence are of several lengths, so regions cannot be found in it.`,
        {
          file,
          line,
          hint: 'Write it again with lines of one length (seqkit seq, or samtools faidx).',
        },
      )
    }
    current.isLast = bases < current.lineBases
    current.length += bases
  }
  const takePiece = (piece: Buffer) => {
    if (piece.length === 0) return
    if (lineLength === 0 && piece[0] === GREATER) header = []
    header?.push(Buffer.from(piece))
    lineLength += piece.length
    lastByte = piece[piece.length - 1]!
    passed += piece.length
  }
  return {
    push: (chunk) => {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      let at = 0
      for (;;) {
        const end = bytes.indexOf(NEW_LINE, at)
        takePiece(bytes.subarray(at, end < 0 ? bytes.length : end))
        if (end < 0) return
        passed++
        endLine(true)
        at = end + 1
      }
    },
    finish: () => {
      if (lineLength > 0) endLine(false)
      if (current) sequences.push(current)
      return sequences.map(({ name, length, offset, lineBases, lineBytes }) => ({
        name,
        length,
        offset,
        lineBases,
        lineBytes: Math.max(lineBytes, lineBases + 1),
      }))
    },
  }
}
