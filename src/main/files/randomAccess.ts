import { open, type FileHandle } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'

/** Bytes that are read from any place. */
export interface RandomAccess {
  readonly size: number
  /** The bytes from `at` on, fewer than `length` only at the end. */
  read(at: number, length: number): Promise<Buffer>
  close(): Promise<void>
}

/** A file, or text that is in memory. */
export async function accessFile(path: string): Promise<RandomAccess> {
  const handle = await open(path, 'r')
  const { size } = await handle.stat()
  return { size, read: (at, length) => readFully(handle, at, Math.max(0, Math.min(length, size - at))), close: () => handle.close() }
}

export function accessBytes(bytes: Buffer): RandomAccess {
  return { size: bytes.length, read: (at, length) => Promise.resolve(bytes.subarray(at, at + length)), close: () => Promise.resolve() }
}

async function readFully(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length)
  let got = 0
  while (got < length) {
    const { bytesRead } = await handle.read(buffer, got, length - got, at + got)
    if (bytesRead === 0) break
    got += bytesRead
  }
  return buffer.subarray(0, got)
}

const HEADER_BYTES = 18
const FOOTER_BYTES = 8
const MOST_BLOCKS_HELD = 64

/** Whether the bytes are compressed with gzip, and whether in the blocks of bgzip (SAM specification, section 4.1). */
export async function compressionOf(file: RandomAccess): Promise<'none' | 'gzip' | 'bgzip'> {
  const start = await file.read(0, HEADER_BYTES)
  if (start.length < 3 || start[0] !== 0x1f || start[1] !== 0x8b) return 'none'
  return isBlock(start) ? 'bgzip' : 'gzip'
}

function isBlock(header: Buffer): boolean {
  return header.length >= HEADER_BYTES && (header[3]! & 4) !== 0 && header[12] === 0x42 && header[13] === 0x43
}

/**
 * The text of a file that bgzip compressed, from any place of it: the blocks are listed by their heads and tails, and those
 * that are asked for unpacked.
 *
 * @throws RangeError where it is damaged or cut short
 */
export async function accessBgzip(file: RandomAccess, breathe: () => Promise<void> | undefined): Promise<RandomAccess> {
  const packedAt: number[] = []
  const textAt: number[] = []
  let size = 0
  for (let at = 0; at < file.size;) {
    const header = await file.read(at, HEADER_BYTES)
    if (!isBlock(header)) throw new RangeError('its blocks are damaged')
    const next = at + header.readUInt16LE(16) + 1
    const tail = await file.read(next - 4, 4)
    if (tail.length < 4) throw new RangeError('it ends too early')
    packedAt.push(at)
    textAt.push(size)
    size += tail.readUInt32LE(0)
    at = next
    await breathe()
  }
  packedAt.push(file.size)
  textAt.push(size)
  const held = new Map<number, Promise<Buffer>>()
  const unpack = async (block: number): Promise<Buffer> => {
    const packed = await file.read(packedAt[block]!, packedAt[block + 1]! - packedAt[block]!)
    return inflateRawSync(packed.subarray(12 + packed.readUInt16LE(10), packed.length - FOOTER_BYTES))
  }
  const blockAt = (block: number): Promise<Buffer> => {
    const known = held.get(block) ?? unpack(block)
    held.delete(block)
    held.set(block, known)
    if (held.size > MOST_BLOCKS_HELD) held.delete(held.keys().next().value!)
    return known
  }
  return {
    size,
    read: async (at, length) => {
      const end = Math.min(size, at + length)
      const pieces: Buffer[] = []
      for (let block = lastNotAfter(textAt, at); block < packedAt.length - 1 && textAt[block]! < end; block++) {
        const text = await blockAt(block)
        pieces.push(text.subarray(Math.max(0, at - textAt[block]!), end - textAt[block]!))
      }
      return Buffer.concat(pieces)
    },
    close: () => file.close(),
  }
}

/** The last of some ascending numbers that is not larger. */
function lastNotAfter(ascending: readonly number[], value: number): number {
  let low = 0
  let high = ascending.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (ascending[middle]! <= value) low = middle
    else high = middle - 1
  }
  return low
}
