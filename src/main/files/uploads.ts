import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const GIB = 2 ** 30
export const DEFAULT_UPLOAD_LIMIT = 5 * GIB
const PARTIAL = '.part'

/** The file has more bytes than the workbench takes in one upload. */
export class UploadTooLarge extends Error {}
/** The disk of the workspace has no room for the file. */
export class UploadFull extends Error {}

/** Files that a page sent. An upload is the file `<folder>/<id>`; a part of one is never seen under that name. */
export interface Uploads {
  /**
   * Streams a file to the disk; resolves with its id.
   *
   * @param file.name the user's own name of it, for messages
   * @param file.size bytes to come, where that is known
   * @throws UploadTooLarge, UploadFull, or whatever broke the stream; then nothing is left on the disk
   */
  receive(
    body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    file: { readonly name: string; readonly size: number | null },
  ): Promise<string>
}

/**
 * Opens the folder of uploads. What a crash left half-written goes with all uploads when the workspace is opened next.
 *
 * @param limitNow bytes a file, asked anew for each
 */
export async function openUploads(folder: string, limitNow: () => number = () => DEFAULT_UPLOAD_LIMIT): Promise<Uploads> {
  await mkdir(folder, { recursive: true })
  return {
    receive: async (body, { name, size }) => {
      const limit = limitNow()
      const tooLarge = () =>
        new UploadTooLarge(
          `${name} is larger than the workbench takes in one upload (${inWords(limit)}). Allow more in Settings, compress it with gzip, or use the command line, which reads files where they are.`,
        )
      if (size !== null && size > limit) throw tooLarge()
      const id = randomUUID()
      const partial = join(folder, id + PARTIAL)
      try {
        await pipeline(
          Readable.from(body, { objectMode: false }),
          atMost(limit, tooLarge),
          createWriteStream(partial, { flags: 'wx', flush: true }),
        )
        await rename(partial, join(folder, id))
        return id
      } catch (fault) {
        await rm(partial, { force: true })
        throw isDiskFull(fault)
          ? new UploadFull(`The disk has no room for ${name}. Free some space and choose the file again.`, { cause: fault })
          : fault
      }
    },
  }
}

function atMost(limit: number, tooLarge: () => Error): Transform {
  let received = 0
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      received += chunk.byteLength
      if (received > limit) done(tooLarge())
      else done(null, chunk)
    },
  })
}

function isDiskFull(fault: unknown): boolean {
  const code = (fault as NodeJS.ErrnoException | null)?.code
  return code === 'ENOSPC' || code === 'EDQUOT'
}

function inWords(bytes: number): string {
  const [divisor, unit] = bytes >= GIB ? [GIB, 'GiB'] : bytes >= 2 ** 20 ? [2 ** 20, 'MiB'] : [1, 'bytes']
  return `${Number((bytes / divisor).toFixed(1))} ${unit}`
}
