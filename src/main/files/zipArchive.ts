import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { fromBufferPromise, openPromise, type Entry, type ZipFile } from 'yauzl'

/** The files in a ZIP archive that is in memory, by their paths. */
export interface ZipArchive {
  readonly names: readonly string[]
  /** A file's bytes, unpacked piece by piece; undefined where there is no such file. */
  open(name: string): AsyncIterable<Uint8Array> | undefined
}

/** What a {@link RangeError} says of a file that has no end as an archive has: one that is cut short, or no archive. */
export const ENDS_EARLY = 'it ends too early'

/** @throws RangeError where the bytes are no whole archive, or are packed in a way that workbooks do not use */
export async function openZip(archive: Buffer): Promise<ZipArchive> {
  return archiveOf(await saying(ENDS_EARLY, () => fromBufferPromise(archive)))
}

/**
 * The files in a ZIP archive on the disk, read piece by piece for as long as `work` lasts.
 *
 * @throws RangeError as {@link openZip} does, and whatever `work` throws
 */
export async function withZipFile<T>(path: string, work: (archive: ZipArchive) => Promise<T>): Promise<T> {
  const zip = await saying(ENDS_EARLY, () => openPromise(path, { autoClose: false }))
  try {
    return await work(await archiveOf(zip))
  } finally {
    zip.close()
  }
}

async function archiveOf(zip: ZipFile): Promise<ZipArchive> {
  const entries = await saying('its table of contents is damaged', () => readDirectory(zip))
  return {
    names: [...entries.keys()],
    open: (name) => {
      const entry = entries.get(name)
      return entry && unpack(zip, entry)
    },
  }
}

async function readDirectory(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
  return entries
}

async function* unpack(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted()) throw new RangeError('it is protected by a password')
  if (!entry.canDecodeFileData()) throw new RangeError(`${entry.fileName} in it is packed in an unusual way`)
  const damaged = `${entry.fileName} in it is damaged`
  const content: Readable = await saying(damaged, () => zip.openReadStreamPromise(entry))
  const chunks = content[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, undefined>
  try {
    for (let checksum = 0; ;) {
      const next = await saying(damaged, () => chunks.next())
      if (next.done) {
        // The library leaves this to its callers: a flipped bit may unpack to other bytes, as many as there were.
        if (checksum !== entry.crc32) throw new RangeError(damaged)
        return
      }
      checksum = crc32(next.value, checksum)
      yield next.value
    }
  } finally {
    content.destroy()
  }
}

/** What the library says is for programmers; it stays with the fault as its cause. */
async function saying<T>(why: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (fault) {
    throw new RangeError(why, { cause: fault })
  }
}
