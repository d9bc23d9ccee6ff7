/** A sequence as bigWig knows it; its number is its place among all, in the order of their names' bytes. */
export interface Chromosome {
  readonly name: string
  readonly length: number
}

const MAGIC = 0x78ca8c91
const HEADER_BYTES = 32
const NODE_HEADER_BYTES = 4
/** Entries a node. */
const MOST_ENTRIES = 256
const NAMES_AT_ONCE = 10_000

/**
 * The B+ tree from names to numbers and lengths (Kent et al. 2010, doi 10.1093/bioinformatics/btq351, supplementary tables
 * 8 to 11). Every node has the same number of slots, those not used are zeros.
 *
 * @param offset where the tree will stand in the file
 * @param breathe is called after every node
 */
export async function chromosomeTree(
  chromosomes: readonly Chromosome[],
  offset: number,
  breathe: () => Promise<void> | undefined,
): Promise<Buffer> {
  let keyBytes = 1
  for (const [i, { name }] of chromosomes.entries()) {
    keyBytes = Math.max(keyBytes, utf8Length(name))
    if (i % NAMES_AT_ONCE === 0) await breathe()
  }
  const slots = Math.min(MOST_ENTRIES, Math.max(chromosomes.length, 2))
  const levels = levelsOf(chromosomes.length, slots)
  // Both kinds of slots have a key and eight bytes.
  const nodeBytes = NODE_HEADER_BYTES + slots * (keyBytes + 8)
  const nodes = levels.reduce((sum, level) => sum + level, 0)
  const tree = Buffer.alloc(HEADER_BYTES + nodes * nodeBytes)
  tree.writeUInt32LE(MAGIC, 0)
  tree.writeUInt32LE(slots, 4)
  tree.writeUInt32LE(keyBytes, 8)
  tree.writeUInt32LE(8, 12)
  tree.writeBigUInt64LE(BigInt(chromosomes.length), 16)
  let firstNode = 0
  for (const [depth, width] of levels.entries()) {
    const isLeaf = depth === levels.length - 1
    const children = isLeaf ? chromosomes.length : levels[depth + 1]!
    /** Chromosomes below each child. */
    const below = slots ** (levels.length - 1 - depth)
    for (let node = 0; node < width; node++) {
      let at = HEADER_BYTES + (firstNode + node) * nodeBytes
      const from = node * slots
      const to = Math.min(from + slots, children)
      tree.writeUInt8(isLeaf ? 1 : 0, at)
      tree.writeUInt16LE(to - from, at + 2)
      at += NODE_HEADER_BYTES
      for (let child = from; child < to; child++) {
        tree.write(chromosomes[child * below]!.name, at)
        at += keyBytes
        if (isLeaf) {
          tree.writeUInt32LE(child, at)
          tree.writeUInt32LE(chromosomes[child]!.length, at + 4)
        } else {
          tree.writeBigUInt64LE(BigInt(offset + HEADER_BYTES + (firstNode + width + child) * nodeBytes), at)
        }
        at += 8
      }
      await breathe()
    }
    firstNode += width
  }
  return tree
}

/** Bytes of a text as UTF-8. Node's own count is a call out of JavaScript, which a million names feel. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (unit < 0x800) bytes++
    else {
      // Two units of a pair are four bytes; half a pair is written as U+FFFD, three bytes.
      bytes += 2
      if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) i++
    }
  }
  return bytes
}

/** Nodes on each level of a tree, the root's first, over so many entries. */
export function levelsOf(entries: number, slots: number): number[] {
  const levels = [Math.max(1, Math.ceil(entries / slots))]
  while (levels[0]! > 1) levels.unshift(Math.ceil(levels[0]! / slots))
  return levels
}
