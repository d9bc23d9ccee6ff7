import { createHash } from 'node:crypto'
import { open, stat, type FileHandle } from 'node:fs/promises'
import type { Stats } from 'node:fs'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Source } from '../../shared/domain/source.ts'
import { refuseForeignFormat } from './foreignFormats.ts'
import { reasonOf } from './reasonOf.ts'
import { utf8FromUtf16, utf16Order } from './utf16.ts'

const CHUNK_BYTES = 256 * 1024
/** The empty block that ends every whole file of bgzip (SAM specification, section 4.1.2). */
const BGZIP_END = Buffer.from('1f8b08040000000000ff0600424302001b0003000000000000000000', 'hex')

/** What is expected in a source: with `text`, formats that are no text are refused in words. */
export type SourceContent = 'text' | 'bytes'

/** What an error in the middle of a source comes to, for whoever writes only what was read whole. */
const UNTOUCHED = 'Nothing was changed.'

/** A file, an upload or pasted text, open to be read once from its start. */
export interface OpenedSource {
  /** The file's own name, without its folder: what messages call it. */
  readonly name: string
  /** What it comes to where it cannot be read to its end, as a sentence for messages. */
  readonly outcome?: string
  /** Bytes to read in all, for progress; null where it is not known (a pipe). */
  readonly size: number | null
  /** Bytes read so far, of `size`. */
  bytesRead(): number
  /** The text's bytes, decompressed, UTF-16 made UTF-8. Read to its end or left early, the loop closes the file. */
  readonly chunks: AsyncIterable<Uint8Array>
  /** What its bytes turned out to be, as far as it was read; whoever decodes them adds to it. */
  readonly format: { encoding: 'UTF-8' | 'UTF-16' | 'Latin-1'; compressed: boolean }
  /** SHA-256 of the file as it lies there, in hex, once `chunks` has been read to its end; for who asked for that when it was opened. */
  sha256(): string
  /** Closes the file, however far it was read; once is enough, twice does no harm. */
  close(): Promise<void>
}

/** Opens a source for as long as `read` works on it. */
export async function withSource<T>(
  source: Source,
  uploadsFolder: string,
  read: (opened: OpenedSource) => Promise<T>,
  content: SourceContent = 'text',
  outcome?: string,
): Promise<T> {
  const opened = await openSource(source, uploadsFolder, content, outcome)
  try {
    return await read(opened)
  } finally {
    await opened.close()
  }
}

/**
 * Opens what a {@link Source} names, to be closed by the caller ({@link withSource} does both). Gzip (bgzip and several members included) is recognised by its first bytes, never by
 * the file's name.
 *
 * @throws WorkbenchError here, where there is nothing to read, and from `chunks`, where the file is empty, of a format that
 *   is no text, cut short, or changes or vanishes while it is read.
 * @param outcome what that comes to, as a sentence
 * @param hashed whether its SHA-256 will be asked for
 */
export async function openSource(
  source: Source,
  uploadsFolder: string,
  content: SourceContent = 'text',
  outcome = UNTOUCHED,
  hashed = true,
): Promise<OpenedSource> {
  if (source.kind === 'text') {
    const bytes = Buffer.from(source.text)
    return reading({ name: source.name, outcome }, content, bytes.byteLength, chunksOfText(bytes), hashed, async () => {})
  }
  const name = source.kind === 'path' ? basename(source.path) : source.name
  const path = pathOfSource(source, uploadsFolder)
  let handle: FileHandle
  let before: Stats
  try {
    handle = await open(path, 'r')
  } catch (fault) {
    throw isMissing(fault) ? missing(source.kind, name, fault) : unreadable(name, fault)
  }
  try {
    before = await handle.stat()
    if (before.isDirectory())
      throw new WorkbenchError('invalid-input', `${name} is a folder.`, { file: name, hint: 'Choose the files in it.' })
  } catch (fault) {
    await handle.close()
    throw fault
  }
  let closing: Promise<void> | undefined
  const close = () => (closing ??= handle.close())
  const named = { name, outcome }
  return reading(named, content, before.isFile() ? before.size : null, chunksOfFile(handle, path, named, before, close), hashed, close)
}

/** Where a file or an upload lies. @throws WorkbenchError where it was never uploaded */
export function pathOfSource(source: Exclude<Source, { kind: 'text' }>, uploadsFolder: string): string {
  return source.kind === 'path' ? source.path : uploadPath(source.upload, source.name, uploadsFolder)
}

function uploadPath(id: string, name: string, folder: string): string {
  // The id comes from a page: only what the workbench itself hands out may become a path.
  if (!/^[0-9a-f]{8,64}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    throw new WorkbenchError('invalid-input', `${name} was not uploaded.`, { file: name, hint: 'Choose the file again.' })
  }
  return join(folder, id)
}

interface Named {
  readonly name: string
  readonly outcome: string
}

function reading(
  named: Named,
  content: SourceContent,
  size: number | null,
  raw: AsyncIterable<Uint8Array>,
  hashed: boolean,
  close: () => Promise<void>,
): OpenedSource {
  const { name, outcome } = named
  const hash = createHash('sha256')
  const format: OpenedSource['format'] = { encoding: 'UTF-8', compressed: false }
  let bytes = 0
  let digest: string | undefined
  async function* counted() {
    for await (const chunk of raw) {
      if (hashed) hash.update(chunk)
      bytes += chunk.byteLength
      yield chunk
    }
    if (hashed) digest = hash.digest('hex')
  }
  return {
    name,
    outcome,
    size,
    bytesRead: () => bytes,
    format,
    chunks: checked(
      name,
      content,
      content === 'text' ? asUtf8(named, decompressed(named, counted(), format), format) : decompressed(named, counted(), format),
    ),
    sha256: () => {
      if (digest === undefined) throw new Error(`${name} has not been read to its end`)
      return digest
    },
    close,
  }
}

async function* chunksOfText(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += CHUNK_BYTES) {
    // Pasted text needs no input or output, so nothing else would ever have its turn.
    if (at > 0) await new Promise((resolve) => setImmediate(resolve))
    yield bytes.subarray(at, at + CHUNK_BYTES)
  }
}

async function* chunksOfFile(
  handle: FileHandle,
  path: string,
  named: Named,
  before: Stats,
  close: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const read = () => handle.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES)
  // While one chunk is worked on, the next is read: on a busy machine each wait for the disk is a wait for a core as well.
  let next = read()
  try {
    for (;;) {
      const { bytesRead, buffer } = await next
      if (bytesRead === 0) break
      next = read()
      next.catch(() => {})
      yield buffer.subarray(0, bytesRead)
    }
    if (before.isFile()) await refuseIfChanged(path, named, before)
  } catch (fault) {
    throw fault instanceof WorkbenchError ? fault : unreadable(named.name, fault)
  } finally {
    await close()
  }
}

async function refuseIfChanged(path: string, { name, outcome }: Named, before: Stats): Promise<void> {
  const hint = 'Wait until the file is complete and start again.'
  let after: Stats
  try {
    after = await stat(path)
  } catch {
    throw new WorkbenchError('invalid-input', `${name} was moved or deleted while it was being read. ${outcome}`, {
      file: name,
      hint,
    })
  }
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs || after.ino !== before.ino) {
    throw new WorkbenchError('invalid-input', `${name} was changed by another program while it was being read. ${outcome}`, {
      file: name,
      hint,
    })
  }
}

async function* decompressed(named: Named, raw: AsyncGenerator<Uint8Array>, format: OpenedSource['format']): AsyncGenerator<Uint8Array> {
  const { name } = named
  const first = await raw.next()
  if (first.done) throw new WorkbenchError('invalid-input', `${name} is empty.`, { file: name, hint: 'Choose another file.' })
  const start: Uint8Array = first.value
  if (start[0] !== 0x1f || start[1] !== 0x8b) {
    yield start
    yield* raw
    return
  }
  format.compressed = true
  const isBgzip = isBgzipBlock(start)
  let end = Buffer.alloc(0)
  async function* whole() {
    end = tail(end, start)
    yield start
    for await (const chunk of raw) {
      end = tail(end, chunk)
      yield chunk
    }
  }
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
  const feeding = pipeline(Readable.from(whole(), { objectMode: false }), gunzip)
  // What goes wrong here reaches the loop below too.
  feeding.catch(() => {})
  try {
    yield* gunzip as AsyncIterable<Uint8Array>
    await feeding
  } catch (fault) {
    throw fault instanceof WorkbenchError ? fault : damaged(named, fault)
  }
  if (isBgzip && !end.equals(BGZIP_END)) throw cutShort(named)
}

function isBgzipBlock(bytes: Uint8Array): boolean {
  return bytes.length > 14 && (bytes[3]! & 4) !== 0 && bytes[12] === 0x42 && bytes[13] === 0x43
}

function tail(before: Buffer, chunk: Uint8Array): Buffer<ArrayBuffer> {
  return Buffer.concat([before, chunk.subarray(-BGZIP_END.length)]).subarray(-BGZIP_END.length)
}

async function* asUtf8(
  { name, outcome }: Named,
  chunks: AsyncGenerator<Uint8Array>,
  format: OpenedSource['format'],
): AsyncGenerator<Uint8Array> {
  const first = await chunks.next()
  if (first.done) return
  const order = utf16Order(first.value)
  async function* whole() {
    yield first.value as Uint8Array
    yield* chunks
  }
  if (!order) return yield* whole()
  format.encoding = 'UTF-16'
  yield* utf8FromUtf16(name, whole(), order, outcome)
}

async function* checked(name: string, content: SourceContent, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first = true
  for await (const chunk of chunks) {
    if (first && content === 'text') refuseForeignFormat(name, chunk)
    first = false
    yield chunk
  }
  if (first)
    throw new WorkbenchError('invalid-input', `${name} holds nothing: the compressed file is empty.`, {
      file: name,
      hint: 'Choose another file.',
    })
}

function cutShort({ name, outcome }: Named): WorkbenchError {
  return new WorkbenchError('invalid-input', `${name} ends too early: the compressed file was cut short. ${outcome}`, {
    file: name,
    hint: 'Download or copy it again.',
  })
}

function damaged(named: Named, fault: unknown): WorkbenchError {
  if ((fault as NodeJS.ErrnoException).code === 'Z_BUF_ERROR') return cutShort(named)
  const { name, outcome } = named
  return new WorkbenchError(
    'invalid-input',
    `${name} is damaged: it cannot be decompressed. ${outcome}`,
    { file: name, hint: 'Download or copy it again.' },
    { cause: fault },
  )
}

function isMissing(fault: unknown): boolean {
  return (fault as NodeJS.ErrnoException).code === 'ENOENT'
}

/** An upload was there once; of a path nobody knows that. */
function missing(kind: 'path' | 'upload', name: string, fault: unknown): WorkbenchError {
  const [message, hint] =
    kind === 'upload'
      ? [`${name} is not there any more.`, 'Choose the file again.']
      : [`There is no file ${name}.`, 'Check its name and folder, or choose another file.']
  return new WorkbenchError('not-found', message, { file: name, hint }, { cause: fault })
}

function unreadable(name: string, fault: unknown): WorkbenchError {
  return new WorkbenchError(
    'invalid-input',
    `${name} cannot be read: ${reasonOf(fault)}.`,
    { file: name, hint: 'Choose another file.' },
    { cause: fault },
  )
}
