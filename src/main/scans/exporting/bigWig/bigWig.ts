import { promisify } from 'node:util'
import { deflate } from 'node:zlib'
import { Blocks, type Block } from './blocks.ts'
import { chromosomeTree, type Chromosome } from './chromosomeTree.ts'
import { rangeTree } from './rangeTree.ts'
import { ITEMS_PER_BLOCK, ZoomLevel } from './zoomLevel.ts'

/** Values along one sequence: stretches in ascending order that do not overlap, 0-based, the end not in it. */
export interface Stretches {
  readonly starts: ArrayLike<number>
  readonly ends: ArrayLike<number>
  /** NaN where there is none. */
  readonly values: ArrayLike<number>
}

const MAGIC = 0x888ffc26
const VERSION = 4
const HEADER_BYTES = 64
const ZOOM_HEADER_BYTES = 24
const SUMMARY_BYTES = 40
const SECTION_HEADER_BYTES = 24
const BEDGRAPH_ITEM_BYTES = 12
const BEDGRAPH_SECTION = 1
const MOST_ZOOM_LEVELS = 10
/** The first level of zoom is so many times as coarse as the data, each further one again as many as the second number. */
const [FIRST_REDUCTION, NEXT_REDUCTION] = [10, 4]
/** Bins of the finest level, about, so that they fit memory whatever is zoomed. */
const MOST_BINS = 500_000
/** Of so many sequences a block is a few bytes, and compressing it makes it longer. */
const TOO_MANY_TO_COMPRESS = 20_000
const COMPRESSED_AT_ONCE = 16

const compress = promisify(deflate)

/**
 * A bigWig file, version 4 (Kent et al. 2010, doi 10.1093/bioinformatics/btq351, and UCSC's bbiFile.h): compressed sections
 * of bedGraph, their index, levels of zoom with an index each, and the summary of all.
 *
 * @param chromosomes in the order of their names' bytes, no name twice
 * @param stretchesOf the values of one of them, in pieces that follow each other
 * @param span the usual length of a stretch in bases: the levels of zoom begin at ten times as many
 * @returns the file in pieces
 */
export async function bigWig(
  chromosomes: readonly Chromosome[],
  stretchesOf: (chromosome: number) => Iterable<Stretches> | AsyncIterable<Stretches>,
  span: number,
  breathe: () => Promise<void> | undefined,
): Promise<Uint8Array[]> {
  const packed = new Packing(chromosomes.length <= TOO_MANY_TO_COMPRESS)
  const bases = chromosomes.reduce((sum, { length }) => sum + length, 0)
  const finest = new ZoomLevel(Math.max(1, Math.round(span * FIRST_REDUCTION), Math.ceil(bases / MOST_BINS)))
  const section = new Section()
  const total = { covered: 0, min: Infinity, max: -Infinity, sum: 0, sumOfSquares: 0 }
  for (const [chromosome, { length }] of chromosomes.entries()) {
    section.chromosome = chromosome
    for await (const { starts, ends, values } of stretchesOf(chromosome)) {
      for (let i = 0; i < starts.length; i++) {
        const [start, end, value] = [starts[i]!, ends[i]!, values[i]!]
        if (Number.isNaN(value) || end <= start) continue
        section.add(start, end, value)
        finest.add(chromosome, length, start, end, value)
        total.covered += end - start
        total.min = Math.min(total.min, value)
        total.max = Math.max(total.max, value)
        total.sum += value * (end - start)
        total.sumOfSquares += value * value * (end - start)
        if (section.items === ITEMS_PER_BLOCK) await packed.add(section.taken())
      }
      await breathe()
    }
    if (section.items > 0) await packed.add(section.taken())
  }
  const data = await packed.finished()
  const zooms = await packZooms(finest, data.blocks.length > 0, packed, breathe)
  return assemble(chromosomes, data, zooms, total, breathe)
}

interface Packed {
  readonly blocks: Blocks
  /** Bytes of the longest block before compression; 0 where nothing is compressed. */
  readonly longest: number
}

interface PackedZoom extends Packed {
  readonly reduction: number
  readonly items: number
}

async function packZooms(
  finest: ZoomLevel,
  isAny: boolean,
  { compresses }: Packing,
  breathe: () => Promise<void> | undefined,
): Promise<PackedZoom[]> {
  const zooms: PackedZoom[] = []
  let previous = Infinity
  for (let level = finest; isAny && zooms.length < MOST_ZOOM_LEVELS; level = level.reducedBy(NEXT_REDUCTION)) {
    // A level that sums up no further is of no use.
    if (level.bins === previous) break
    previous = level.bins
    const packing = new Packing(compresses)
    for (const block of level.blocks()) {
      await packing.add(block)
      await breathe()
    }
    zooms.push({ ...(await packing.finished()), reduction: level.reduction, items: previous })
  }
  return zooms
}

async function assemble(
  chromosomes: readonly Chromosome[],
  data: Packed,
  zooms: readonly PackedZoom[],
  total: { covered: number; min: number; max: number; sum: number; sumOfSquares: number },
  breathe: () => Promise<void> | undefined,
): Promise<Uint8Array[]> {
  const head = Buffer.alloc(HEADER_BYTES + zooms.length * ZOOM_HEADER_BYTES + SUMMARY_BYTES)
  const pieces: Uint8Array[] = [head]
  let at = head.byteLength
  const put = (bytes: readonly Uint8Array[]): number => {
    const start = at
    for (const piece of bytes) {
      pieces.push(piece)
      at += piece.byteLength
    }
    return start
  }
  const treeAt = put([await chromosomeTree(chromosomes, at, breathe)])
  const count = Buffer.alloc(8)
  count.writeBigUInt64LE(BigInt(data.blocks.length))
  const dataAt = put([count, ...data.blocks.pieces()])
  const indexAt = put([await rangeTree(data.blocks, dataAt + count.byteLength, at, ITEMS_PER_BLOCK, breathe)])
  for (const [level, { blocks, reduction, items }] of zooms.entries()) {
    const zoomCount = Buffer.alloc(4)
    zoomCount.writeUInt32LE(items)
    const zoomAt = put([zoomCount, ...blocks.pieces()])
    const zoomIndexAt = put([await rangeTree(blocks, zoomAt + zoomCount.byteLength, at, ITEMS_PER_BLOCK, breathe)])
    const header = HEADER_BYTES + level * ZOOM_HEADER_BYTES
    head.writeUInt32LE(reduction, header)
    head.writeBigUInt64LE(BigInt(zoomAt), header + 8)
    head.writeBigUInt64LE(BigInt(zoomIndexAt), header + 16)
  }
  const end = Buffer.alloc(4)
  end.writeUInt32LE(MAGIC)
  put([end])

  const summaryAt = HEADER_BYTES + zooms.length * ZOOM_HEADER_BYTES
  head.writeUInt32LE(MAGIC, 0)
  head.writeUInt16LE(VERSION, 4)
  head.writeUInt16LE(zooms.length, 6)
  head.writeBigUInt64LE(BigInt(treeAt), 8)
  head.writeBigUInt64LE(BigInt(dataAt), 16)
  head.writeBigUInt64LE(BigInt(indexAt), 24)
  head.writeBigUInt64LE(BigInt(summaryAt), 44)
  head.writeUInt32LE(Math.max(data.longest, ...zooms.map(({ longest }) => longest)), 52)
  const isAny = total.covered > 0
  head.writeBigUInt64LE(BigInt(total.covered), summaryAt)
  ;[isAny ? total.min : 0, isAny ? total.max : 0, total.sum, total.sumOfSquares].forEach((value, i) =>
    head.writeDoubleLE(value, summaryAt + 8 + 8 * i),
  )
  return pieces
}

/** The section of bedGraph that is being filled (supplementary tables 12 and 13); of one chromosome, then of the next. */
class Section {
  items = 0
  chromosome = 0
  readonly #bytes = Buffer.alloc(SECTION_HEADER_BYTES + ITEMS_PER_BLOCK * BEDGRAPH_ITEM_BYTES)
  #start = 0
  #end = 0

  add(start: number, end: number, value: number): void {
    if (this.items === 0) this.#start = start
    this.#end = end
    const at = SECTION_HEADER_BYTES + this.items++ * BEDGRAPH_ITEM_BYTES
    this.#bytes.writeUInt32LE(start, at)
    this.#bytes.writeUInt32LE(end, at + 4)
    this.#bytes.writeFloatLE(value, at + 8)
  }

  /** What it holds, as a block; it is empty then. */
  taken(): Block {
    const bytes = Buffer.from(this.#bytes.subarray(0, SECTION_HEADER_BYTES + this.items * BEDGRAPH_ITEM_BYTES))
    bytes.writeUInt32LE(this.chromosome, 0)
    bytes.writeUInt32LE(this.#start, 4)
    bytes.writeUInt32LE(this.#end, 8)
    bytes.writeUInt8(BEDGRAPH_SECTION, 20)
    bytes.writeUInt16LE(this.items, 22)
    this.items = 0
    return { firstChromosome: this.chromosome, start: this.#start, lastChromosome: this.chromosome, end: this.#end, bytes }
  }
}

/** Blocks that are compressed as they come, a few side by side, off the core's thread. */
class Packing {
  readonly compresses: boolean
  readonly #blocks = new Blocks()
  #waiting: Block[] = []
  #longest = 0

  constructor(compresses: boolean) {
    this.compresses = compresses
  }

  async add(block: Block): Promise<void> {
    if (!this.compresses) {
      this.#blocks.add(block)
      return
    }
    this.#longest = Math.max(this.#longest, block.bytes.byteLength)
    this.#waiting.push(block)
    if (this.#waiting.length === COMPRESSED_AT_ONCE) await this.#compress()
  }

  async finished(): Promise<Packed> {
    await this.#compress()
    return { blocks: this.#blocks, longest: this.#longest }
  }

  async #compress(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = []
    for (const block of await Promise.all(waiting.map(async (one) => ({ ...one, bytes: await compress(one.bytes) }))))
      this.#blocks.add(block)
  }
}
