import type { Readable } from 'node:stream'
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl'

/** The files in a ZIP archive that is in memory, by their paths. */
export interface ZipArchive {
  readonly names: readonly string[]
  /** A file's bytes, unpacked piece by piece; undefined where there is no such file. */
  open(name: string): AsyncIterable<Uint8Array> | undefined
}

/** @throws RangeError where the bytes are no whole archive, or are packed in a way that workbooks do not use */
export async function openZip(archive: Buffer): Promise<ZipArchive> {
  const zip = await saying('it ends too early', () => fromBufferPromise(archive))
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
    for (;;) {
      const next = await saying(damaged, () => chunks.next())
      if (next.done) return
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
