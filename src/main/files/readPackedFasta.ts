import { isAscii } from 'node:buffer'
import { unpackBases, markFourInByte, twoBitsOfLetter } from '../../shared/dna/packBases.ts'
import type { OpenedSource } from './openSource.ts'
import { FastaLines, type FastaRecord } from './readFasta.ts'
import { LineDecoder, readLineBytes } from './readLines.ts'

/** A record of a FASTA file with nothing wrong and no letters but A, C, G, T and U, packed as it was read. */
export interface PackedRecord {
  readonly name: string
  readonly line: number
  readonly bases: number
  /** On memory shared with other records: the bases are at `at`, as `packBases` writes them. */
  readonly packed: Uint8Array
  readonly at: number
}

/** A record as it comes from a file to be scored: packed at once where that can be. */
export type ReadRecord = FastaRecord | PackedRecord

const [NEW_LINE, RETURN, GREATER] = [0x0a, 0x0d, 0x3e]
const SPACE = 0x20
const SHORTEST_RECORD = '>a\nA\n'.length

/** The same record as it would have been read otherwise, but for its letters. */
export function unpackRecord({ name, line, bases, packed, at }: PackedRecord): FastaRecord {
  return { name, line, sequence: '', codes: unpackBases(packed, at, 0, bases), problem: null }
}

/**
 * The records of a FASTA file, as `readFastaBatches` gives them, but for those that can be packed: their bytes are looked at once and
 * never become text. Everything else goes that reader's way: records across two pieces of the file, letters that are ambiguous or no
 * DNA, what is not ASCII.
 *
 * @throws WorkbenchError as that reader does
 */
export async function* readPackedFasta(source: OpenedSource, longest = Infinity): AsyncGenerator<ReadRecord[]> {
  const decoder = new LineDecoder(source)
  const others = new FastaLines(source.name, longest)
  const whole = { goesOn: false, isCut: false }
  for await (const piece of readLineBytes(source, longest)) {
    const { bytes, goesOn, isCut } = piece
    const first = bytes[0] === GREATER ? 0 : bytes.indexOf('\n>') + 1
    const last = bytes.lastIndexOf('\n>') + 1
    if (goesOn || isCut || last <= first || !isAscii(bytes)) {
      const records = others.read(decoder.decode(piece))
      if (records.length > 0) yield records
      continue
    }
    const records: ReadRecord[] = first > 0 ? others.read(decoder.decode({ bytes: bytes.subarray(0, first - 1), ...whole })) : []
    records.push(...others.end())
    const packing = new Packing(bytes, first)
    while (packing.at < last) {
      const start = packing.at
      const packed = packing.next(decoder.line)
      if (packed) {
        records.push(packed)
        decoder.line += packing.lines
      } else {
        packing.at = bytes.indexOf('\n>', start) + 1
        records.push(...others.read(decoder.decode({ bytes: bytes.subarray(start, packing.at - 1), ...whole })), ...others.end())
      }
    }
    records.push(...others.read(decoder.decode({ bytes: bytes.subarray(last), ...whole })))
    yield records
  }
  yield [others.last()]
}

/** Packs records of ASCII text that stand one after the other, and are followed by one more. */
class Packing {
  /** Where the next record begins. */
  at: number
  /** Lines of the record that was packed last. */
  lines = 0
  readonly #bytes: Buffer
  readonly #packed: Uint8Array
  #packedTo = 0

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes
    this.at = at
    // A byte for each four bases, and two a record.
    this.#packed = new Uint8Array(Math.ceil(bytes.length * (1 / 4 + 2 / SHORTEST_RECORD)))
  }

  /** The record that begins at a line; undefined where anything about it is unusual. */
  next(line: number): PackedRecord | undefined {
    const bytes = this.#bytes
    const packed = this.#packed
    const start = this.at + 1
    let i = start
    let isNamed = false
    for (; bytes[i] !== NEW_LINE; i++) isNamed ||= bytes[i]! > SPACE
    if (!isNamed) return undefined
    const nameEnd = bytes[i - 1] === RETURN ? i - 1 : i
    i++
    let lines = 1
    let to = this.#packedTo + 1
    let bases = 0
    let last = 0
    for (;;) {
      if ((bases & 3) === 0) {
        for (;;) {
          const a = twoBitsOfLetter[bytes[i]!]!
          const b = twoBitsOfLetter[bytes[i + 1]!]!
          const c = twoBitsOfLetter[bytes[i + 2]!]!
          const d = twoBitsOfLetter[bytes[i + 3]!]!
          if ((a | b | c | d) > 3) break
          packed[to++] = a | (b << 2) | (c << 4) | (d << 6)
          bases += 4
          i += 4
        }
      }
      const byte = bytes[i]!
      const two = twoBitsOfLetter[byte]!
      if (two <= 3) {
        last |= two << (2 * (bases & 3))
        i++
        if ((++bases & 3) === 0) {
          packed[to++] = last
          last = 0
        }
        continue
      }
      if (byte === RETURN && bytes[i + 1] === NEW_LINE) i++
      else if (byte !== NEW_LINE) return undefined
      i++
      lines++
      if (bytes[i] === GREATER) break
    }
    if (bases === 0) return undefined
    if ((bases & 3) !== 0) packed[to++] = last
    const at = this.#packedTo
    markFourInByte(packed, at)
    this.#packedTo = to
    this.at = i
    this.lines = lines
    return { name: bytes.toString('latin1', start, nameEnd), line, bases, packed, at }
  }
}
