import { pairInto, pairPackedInto, pairsIn } from '../../shared/dna/codePairs.ts'
import { countGc, countGcPacked } from '../../shared/dna/gc.ts'
import { cutBothAdapters, fitBases } from '../../shared/dna/fitBases.ts'
import { afterPacked, hasCodesAt, mostPackedBytes, packBases, unpackBases } from '../../shared/dna/packBases.ts'
import { countWindows, windowStart } from '../../shared/dna/windows.ts'
import { formatCount } from '../../shared/text/numbers.ts'
import type { Skipped } from '../../shared/domain/scan.ts'
import type { ScoredSequence } from '../db/scanChunks.ts'
import type { FastaRecord } from '../files/readFasta.ts'
import { unpackRecord, type PackedRecord, type ReadRecord } from '../files/readPackedFasta.ts'
import { Cutting, type CutSequence } from './cutting.ts'
import { flagsOf, isLong, reasonToSkip, type ScanPlan } from './scanPlan.ts'
import type { ShuffledSample } from './shuffledSample.ts'

/** A scored sequence with what can be seen at once of what makes its score doubtful. */
export interface DescribedSequence extends ScoredSequence {
  readonly gc: number
  readonly flags: number
}

/** What of a chunk is one whole sequence, or some windows of one. Their rows follow each other as they do. */
export type ChunkEntry =
  | { readonly sequence: DescribedSequence }
  | {
      readonly cut: CutSequence
      readonly firstWindow: number
      readonly windows: number
      readonly firstBase: number
      readonly bases: number
      readonly packed: Uint8Array
      /** Set with the last of its windows. */
      readonly end: DescribedSequence | null
    }

/** Sequences and windows that go to the engine together, and what is to be kept with their scores. */
export interface ChunkToScore {
  readonly rows: number
  /** Base codes in pairs, [rows, pairsIn(model length)]. */
  readonly bases: Uint8Array
  /** Rows whose scores are not to be kept: windows in which too few letters are bases. */
  readonly unclear: readonly number[]
  readonly entries: readonly ChunkEntry[]
  /** Of the whole sequences, by `packBases`, one after the other. */
  readonly packed: Uint8Array
  readonly skipped: readonly Skipped[]
  /** Positions of sequences whose earlier windows are not to be kept. */
  readonly dropped: readonly number[]
}

/** Where a scan goes on: records that are done, sequences that are scored, and what is kept already of the next one's windows. */
export interface ScanStart {
  readonly records: number
  readonly scored: number
  readonly windows: number
  readonly bases: number
}

/** Records that are skipped in one chunk. */
const CHUNK_SKIPPED = 2048
/** Bases of a sequence that wait for a chunk to be full. */
const MOST_WAITING = 1 << 20

/**
 * Brings records to a model's length, cut into windows where they are long, and puts them together in chunks of `size` rows. A record is
 * begun and then advanced until it is used up; whenever it is not, the chunk is full and to be taken.
 */
export class ChunkFiller {
  readonly #plan: ScanPlan
  readonly #sample: ShuffledSample
  readonly #size: number
  readonly #start: ScanStart
  #records = 0
  #scored: number
  #record: FastaRecord | undefined
  /** The record, where it is to go to the models as it is packed. */
  #asItIs: PackedRecord | undefined
  #cutting: Cutting | undefined
  /** A record that came in pieces is skipped; the rest of it is passed over. */
  #passingOver = false
  #chunk: Filling

  constructor(plan: ScanPlan, size: number, start: ScanStart, sample: ShuffledSample) {
    this.#plan = plan
    this.#sample = sample
    this.#size = size
    this.#start = start
    this.#scored = start.scored
    this.#chunk = new Filling(size, plan.frame.length)
  }

  begin(record: ReadRecord): void {
    if ('packed' in record) {
      if (fitsAsItIs(record, this.#plan)) this.#asItIs = record
      else this.#record = unpackRecord(record)
      return
    }
    this.#record = record
    if (record.piece && !record.piece.first) this.#goOn(record)
  }

  /** True once the record is used up, false while the chunk is full. */
  advance(): boolean {
    if (this.#chunk.rows >= this.#size || this.#chunk.skipped.length >= CHUNK_SKIPPED) return false
    if (this.#asItIs) {
      this.#takeAsItIs(this.#asItIs)
      this.#asItIs = undefined
    }
    const record = this.#record
    if (!record) return true
    if (!this.#cutting && !this.#passingOver) {
      if (!this.#open(record)) return true
    }
    if (this.#cutting && !this.#cut(this.#cutting, record)) return false
    this.#record = undefined
    if (record.piece?.last) this.#passingOver = false
    return true
  }

  take(): ChunkToScore {
    if (this.#cutting) this.#close(this.#cutting, null)
    const chunk = this.#chunk
    this.#chunk = new Filling(this.#size, this.#plan.frame.length)
    return chunk.filled()
  }

  #takeAsItIs(record: PackedRecord): void {
    const { name, line, bases, packed, at } = record
    const { frame, training } = this.#plan
    const isDone = this.#records++ < this.#start.records
    const reason = reasonToSkip(record, bases, bases, false, this.#plan)
    if (reason !== null) {
      if (!isDone) this.#chunk.skipped.push({ name, line, reason })
      return
    }
    const { prefix, suffix } = frame
    this.#sample.pass(() => cutBothAdapters(unpackBases(packed, at, 0, bases), prefix, suffix))
    if (isDone) return
    const isConstruct = hasCodesAt(packed, at, 0, prefix) && hasCodesAt(packed, at, bases - suffix.length, suffix)
    const counted = countGcPacked(packed, at, bases)
    const gc = counted.gc / (counted.gc + counted.at)
    const flags = flagsOf({ gc, length: isConstruct ? bases - prefix.length - suffix.length : bases, whole: true }, training)
    this.#chunk.add({ sequence: { name, line, length: bases, fitted: null, windows: 0, gc, flags } })
    this.#chunk.packedRow(packed, at, bases)
    this.#scored++
  }

  /** Takes up a record, or the first piece of one. False where that is all: it is skipped, or fits one row. */
  #open(record: FastaRecord): boolean {
    const { codes, piece } = record
    const isDone = this.#records++ < this.#start.records
    const long = piece !== undefined || (!record.problem && isLong(codes, this.#plan))
    const packedTo = pack(codes)
    const { gc, at } = countGcPacked(scratch, 0, codes.length)
    const reason =
      record.problem?.message ?? (piece ? this.#reasonToSkipPieces(record) : reasonToSkip(record, codes.length, gc + at, long, this.#plan))
    if (reason !== null) {
      if (!isDone) this.#skip(record, reason)
      this.#passOver(record)
      return false
    }
    if (long && this.#plan.options.long === 'windows') {
      const kept = this.#records - 1 === this.#start.records ? this.#start : { windows: 0, bases: 0 }
      this.#cutting = new Cutting(record, this.#scored, kept, isDone)
      this.#cutting.arrive(codes, gc, at)
      return true
    }
    this.#whole(record, gc / (gc + at), packedTo, isDone)
    this.#record = undefined
    return false
  }

  #reasonToSkipPieces({ line }: FastaRecord): string | null {
    return reasonToSkip({ line }, Infinity, Infinity, true, { ...this.#plan, options: { ...this.#plan.options, ambiguousShare: 1 } })
  }

  /** Takes up a further piece of the record. */
  #goOn(record: FastaRecord): void {
    const cutting = this.#cutting
    if (!cutting) return
    if (record.problem) {
      this.#drop(cutting, record, record.problem.message)
      return
    }
    const { gc, at } = countGc(record.codes)
    cutting.arrive(record.codes, gc, at)
  }

  /** @param gc its share of G and C; @param packedTo where its packed bases end in `scratch` */
  #whole({ name, line, codes }: FastaRecord, gc: number, packedTo: number, isDone: boolean): void {
    const { frame, training } = this.#plan
    const bare = cutBothAdapters(codes, frame.prefix, frame.suffix)
    this.#sample.pass(() => bare)
    if (isDone) return
    const fitted = fitBases(codes, frame)
    const flags = flagsOf({ gc, length: bare.length, whole: !fitted.shortened }, training)
    const sequence = { name, line, length: codes.length, fitted: fitted.note, windows: 0, gc, flags }
    this.#chunk.add({ sequence })
    this.#chunk.row(fitted.codes)
    this.#chunk.pack(scratch, 0, packedTo)
    this.#scored++
  }

  /** Puts windows into the chunk until it is full, or the record is used up; then true. */
  #cut(cutting: Cutting, record: FastaRecord): boolean {
    const { frame, windows, options } = this.#plan
    const isLast = record.piece?.last ?? true
    const total = cutting.total
    const count = isLast ? countWindows(total, windows) : Infinity
    while (cutting.next < count) {
      const start = isLast ? windowStart(cutting.next, total, windows) : cutting.next * windows.stride
      if (start + windows.length > total) break
      if (this.#chunk.rows >= this.#size) return false
      const codes = cutting.at(start, windows.length)
      const isClear = cutting.isAllBases || !isTooAmbiguous(codes, options.ambiguousShare)
      if (isClear) {
        this.#sample.pass(() => codes)
        cutting.hasClear = true
      }
      if (!cutting.isDone && cutting.next >= cutting.kept.windows) {
        if (!isClear) this.#chunk.unclear.push(this.#chunk.rows)
        this.#chunk.row(fitBases(codes, frame).codes)
      }
      cutting.next++
    }
    if (!isLast) {
      if (total - cutting.firstBase > MOST_WAITING) this.#close(cutting, null)
      cutting.forget(windows)
      return true
    }
    this.#cutting = undefined
    if (cutting.isDone) return true
    const reason =
      reasonToSkip({ line: cutting.line }, total, cutting.gc + cutting.at_, true, this.#plan) ??
      (cutting.hasClear ? null : 'In each of its windows too few letters are A, C, G or T.')
    if (reason !== null) {
      this.#drop(cutting, { ...record, name: cutting.name, line: cutting.line }, reason)
      return true
    }
    const gc = cutting.gc / (cutting.gc + cutting.at_)
    const flags = flagsOf({ gc, length: total, whole: true }, this.#plan.training)
    const note = `${formatCount(count)} windows of ${formatCount(windows.length)} bases, one every ${formatCount(options.stride)}`
    this.#close(cutting, { name: cutting.name, line: cutting.line, length: total, fitted: note, windows: count, gc, flags })
    this.#scored++
    return true
  }

  /** Ends a piece of what is cut: the windows that are in this chunk, and the bases up to the next window. */
  #close(cutting: Cutting, end: DescribedSequence | null): void {
    if (cutting.isDone) return
    const { stride } = this.#plan.windows
    const to = end ? cutting.total : Math.max(cutting.firstBase, Math.min(cutting.next * stride, cutting.total))
    const bases = to - cutting.firstBase
    const windows = Math.max(0, cutting.next - cutting.firstWindow)
    if (windows === 0 && bases === 0 && !end) return
    const packed = new Uint8Array(mostPackedBytes(bases))
    const bytes = packBases(cutting.at(cutting.firstBase, bases), packed, 0)
    this.#chunk.add({
      cut: cutting.cut,
      firstWindow: cutting.firstWindow,
      windows,
      firstBase: cutting.firstBase,
      bases,
      packed: packed.slice(0, bytes),
      end,
    })
    cutting.firstWindow = Math.max(cutting.next, cutting.firstWindow)
    cutting.firstBase = to
  }

  #drop(cutting: Cutting, record: FastaRecord, reason: string): void {
    // Windows that are in this chunk have rows in it.
    this.#close(cutting, null)
    cutting.cut.isDropped = true
    if (!cutting.isDone) {
      this.#chunk.dropped.push(cutting.cut.position)
      this.#skip({ ...record, name: cutting.name }, reason)
    }
    this.#cutting = undefined
    this.#passOver(record)
  }

  #skip({ name, line, problem }: FastaRecord, reason: string): void {
    this.#chunk.skipped.push({ name, line: problem?.line ?? line, reason })
  }

  #passOver({ piece }: FastaRecord): void {
    this.#record = undefined
    this.#passingOver = piece !== undefined && !piece.last
  }
}

function isTooAmbiguous(codes: Uint8Array, share: number): boolean {
  const { gc, at } = countGc(codes)
  return codes.length - gc - at > share * codes.length
}

/** Whether a model reads a record's bases and nothing else: it is of the model's length, and none are to be cut off. */
function fitsAsItIs({ bases }: PackedRecord, { frame: { length, adapters, prefix, suffix } }: ScanPlan): boolean {
  return bases === length && prefix.length + suffix.length < length && (adapters === 'keep' || prefix.length + suffix.length === 0)
}

/** The bases of the record in hand, packed: they are counted, compared and kept in that form. */
let scratch = new Uint8Array(1024)

function pack(codes: Uint8Array): number {
  const most = mostPackedBytes(codes.length)
  if (scratch.length < most) scratch = new Uint8Array(2 * most)
  return packBases(codes, scratch, 0)
}

class Filling {
  rows = 0
  readonly unclear: number[] = []
  readonly skipped: Skipped[] = []
  readonly dropped: number[] = []
  readonly #entries: ChunkEntry[] = []
  readonly #bases: Uint8Array
  readonly #width: number
  #packed: Uint8Array
  #packedTo = 0

  constructor(size: number, length: number) {
    this.#width = pairsIn(length)
    this.#bases = new Uint8Array(size * this.#width)
    this.#packed = new Uint8Array(size * mostPackedBytes(Math.ceil(length / 2)))
  }

  row(codes: Uint8Array): void {
    pairInto(this.#bases, this.rows++ * this.#width, codes)
  }

  /** A row of what is packed, which is kept too. */
  packedRow(packed: Uint8Array, at: number, bases: number): void {
    pairPackedInto(this.#bases, this.rows++ * this.#width, packed, at, bases)
    this.pack(packed, at, afterPacked(packed, at, bases))
  }

  add(entry: ChunkEntry): void {
    this.#entries.push(entry)
  }

  pack(packed: Uint8Array, from: number, end: number): void {
    const to = this.#packedTo + end - from
    if (to > this.#packed.length) {
      const larger = new Uint8Array(2 * to)
      larger.set(this.#packed)
      this.#packed = larger
    }
    // A view a sequence would cost more than copying it.
    for (let i = from; i < end; i++) this.#packed[this.#packedTo++] = packed[i]!
  }

  filled(): ChunkToScore {
    return {
      rows: this.rows,
      bases: this.#bases.subarray(0, this.rows * this.#width),
      unclear: this.unclear,
      entries: this.#entries,
      packed: this.#packed.subarray(0, this.#packedTo),
      skipped: this.skipped,
      dropped: this.dropped,
    }
  }
}
