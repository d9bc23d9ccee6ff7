import type { Blocks, Range } from './blocks.ts'
import { levelsOf } from './chromosomeTree.ts'

const MAGIC = 0x2468ace0
const HEADER_BYTES = 48
const NODE_HEADER_BYTES = 4
const SLOTS = 256
const LEAF_SLOT_BYTES = 32
const NODE_SLOT_BYTES = 24

/**
 * The R tree that finds the blocks of a stretch (Kent et al. 2010, supplementary tables 14 to 17).
 *
 * @param dataOffset where the first block stands in the file
 * @param offset where the tree will stand
 * @param itemsPerBlock at most
 * @param breathe is called after every node
 */
export async function rangeTree(
  blocks: Blocks,
  dataOffset: number,
  offset: number,
  itemsPerBlock: number,
  breathe: () => Promise<void> | undefined,
): Promise<Buffer> {
  const levels = levelsOf(blocks.length, SLOTS)
  const leaf = levels.length - 1
  /** Of the nodes on each level but the last, whose children are the blocks. */
  const covered: Range[][] = [coveredBy(blocks.length, (block) => blocks.range(block))]
  for (let depth = leaf; depth > 0; depth--) covered.unshift(coveredBy(covered[0]!.length, at(covered[0]!)))
  const bytesOfNode = (depth: number) => NODE_HEADER_BYTES + SLOTS * (depth === leaf ? LEAF_SLOT_BYTES : NODE_SLOT_BYTES)
  const tree = Buffer.alloc(levels.reduce((sum, nodes, depth) => sum + nodes * bytesOfNode(depth), HEADER_BYTES))
  writeHeader(tree, blocks, covered[0]![0], dataOffset, itemsPerBlock)

  let dataAt = dataOffset
  let levelAt = HEADER_BYTES
  for (const [depth, nodes] of levels.entries()) {
    const isLeaf = depth === leaf
    const children = isLeaf ? blocks.length : levels[depth + 1]!
    const rangeOf = isLeaf ? (block: number) => blocks.range(block) : at(covered[depth + 1]!)
    const nextLevelAt = levelAt + nodes * bytesOfNode(depth)
    for (let node = 0; node < nodes; node++) {
      let at = levelAt + node * bytesOfNode(depth)
      const from = node * SLOTS
      const to = Math.min(from + SLOTS, children)
      tree.writeUInt8(isLeaf ? 1 : 0, at)
      tree.writeUInt16LE(to - from, at + 2)
      at += NODE_HEADER_BYTES
      for (let child = from; child < to; child++) {
        at = writeRange(tree, rangeOf(child), at)
        if (isLeaf) {
          const bytes = blocks.bytesOf(child)
          tree.writeBigUInt64LE(BigInt(dataAt), at)
          tree.writeBigUInt64LE(BigInt(bytes), at + 8)
          dataAt += bytes
          at += 16
        } else {
          tree.writeBigUInt64LE(BigInt(offset + nextLevelAt + child * bytesOfNode(depth + 1)), at)
          at += 8
        }
      }
      await breathe()
    }
    levelAt = nextLevelAt
  }
  return tree
}

function at(ranges: readonly Range[]): (i: number) => Range {
  return (i) => ranges[i]!
}

function writeHeader(tree: Buffer, blocks: Blocks, whole: Range | undefined, dataOffset: number, itemsPerBlock: number): void {
  tree.writeUInt32LE(MAGIC, 0)
  tree.writeUInt32LE(SLOTS, 4)
  tree.writeBigUInt64LE(BigInt(blocks.length), 8)
  if (whole) writeRange(tree, whole, 16)
  tree.writeBigUInt64LE(BigInt(dataOffset + blocks.byteLength), 32)
  tree.writeUInt32LE(itemsPerBlock, 40)
}

function writeRange(tree: Buffer, { firstChromosome, start, lastChromosome, end }: Range, at: number): number {
  tree.writeUInt32LE(firstChromosome, at)
  tree.writeUInt32LE(start, at + 4)
  tree.writeUInt32LE(lastChromosome, at + 8)
  tree.writeUInt32LE(end, at + 12)
  return at + 16
}

/** What each node over so many ranges covers. */
function coveredBy(count: number, rangeOf: (i: number) => Range): Range[] {
  const result: Range[] = []
  for (let from = 0; from < count; from += SLOTS) {
    const { firstChromosome, start } = rangeOf(from)
    let { lastChromosome, end } = rangeOf(from)
    for (let i = from + 1; i < Math.min(count, from + SLOTS); i++) {
      const range = rangeOf(i)
      if (range.lastChromosome > lastChromosome || (range.lastChromosome === lastChromosome && range.end > end))
        ({ lastChromosome, end } = range)
    }
    result.push({ firstChromosome, start, lastChromosome, end })
  }
  return result
}
