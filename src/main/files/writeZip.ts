import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

export interface ArchivedFile {
  readonly fileName: string
  readonly bytes: Uint8Array
}

/** A file's checksum is taken a piece at a time, so that others have their turn in between. */
const PIECE_BYTES = 256 * 1024

/** In any time zone the same bytes: an archive's own dates have no zone. */
const NO_DATE = new Date(2000, 0, 1)

/** Files as one .zip, compressed. @param at when they were written; null where that is nobody's business, so that equal files make equal bytes */
export async function writeZip(files: readonly ArchivedFile[], at: Date | null): Promise<Uint8Array> {
  const zip = new ZipFile()
  for (const { fileName, bytes } of files)
    zip.addReadStream(Readable.from(pieces(bytes), { objectMode: false }), fileName, {
      mtime: at ?? NO_DATE,
      forceDosTimestamp: at === null,
      size: bytes.byteLength,
    })
  zip.end()
  const archive = await buffer(zip.outputStream)
  // As plain bytes: a Buffer would write itself into a message as JSON.
  return new Uint8Array(archive.buffer, archive.byteOffset, archive.byteLength)
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
}
