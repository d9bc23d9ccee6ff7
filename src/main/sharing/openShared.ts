import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Source } from '../../shared/domain/source.ts'
import type { Breathe } from '../datasets/breathe.ts'
import { float32FromBlob, int32FromBlob } from '../db/vectors.ts'
import { pathOfSource } from '../files/openSource.ts'
import { accessFile } from '../files/randomAccess.ts'
import { reasonOf } from '../files/reasonOf.ts'
import { ENDS_EARLY, withZipFile, type ZipArchive } from '../files/zipArchive.ts'
import { MANIFEST, manifestSchema, membersOf, SHARE_FORMAT, SHARE_VERSION, type Manifest } from './manifest.ts'

/** More than ten thousand runs' worth of description. */
const LARGEST_MANIFEST = 256 * 2 ** 20
/** Far beyond what a text or vector of a dataset can be here. */
const LARGEST_MEMBER = 2 ** 30

/** A shared file that is open, its manifest read and found whole. What a member holds is read when it is asked for. */
export interface OpenedShare {
  /** The file's own name. */
  readonly file: string
  readonly bytes: number
  readonly manifest: Manifest
  /** Refuses the file: `what` is the end of `… is damaged: `. */
  readonly damaged: (what: string, cause?: unknown) => WorkbenchError
  /** A member's bytes, which are what was written: its checksum is right. */
  readonly bytesOf: (name: string) => Promise<Uint8Array>
  readonly json: (name: string) => Promise<unknown>
  /** So many numbers, each let through by `is`. */
  readonly float32: (name: string, count: number, is: (value: number) => boolean) => Promise<Float32Array>
  readonly int32: (name: string, count: number, is: (value: number) => boolean) => Promise<Int32Array>
}

/**
 * Opens a file of shared runs for as long as `work` lasts.
 *
 * @throws WorkbenchError that says in one sentence why the file cannot be taken, and whatever `work` throws
 */
export async function withShared<T>(
  source: Source,
  uploadsFolder: string,
  breathe: Breathe,
  work: (opened: OpenedShare) => Promise<T>,
): Promise<T> {
  const file = source.kind === 'path' ? basename(source.path) : source.name
  if (source.kind === 'text') throw foreign(file)
  const path = pathOfSource(source, uploadsFolder)
  const bytes = await sizeOf(path, file)
  const damaged = (what: string, cause?: unknown) =>
    new WorkbenchError(
      'invalid-input',
      `${file} is damaged: ${what}. Nothing was changed.`,
      { file, hint: 'Copy or download it again, or share the runs once more.' },
      { cause },
    )
  try {
    return await withZipFile(path, async (zip) => {
      const manifest = await readManifest(zip, file, damaged, breathe)
      return work(reading({ file, bytes, manifest, damaged }, zip, breathe))
    })
  } catch (fault) {
    if (fault instanceof RangeError && fault.message === ENDS_EARLY) throw await notWhole(path, file, damaged, fault)
    throw fault instanceof RangeError ? damaged(fault.message, fault) : fault
  }
}

async function sizeOf(path: string, file: string): Promise<number> {
  const refuse = (why: string, cause?: unknown) =>
    new WorkbenchError('not-found', `${file} cannot be read: ${why}.`, { file, hint: 'Choose the file again.' }, { cause })
  const found = await stat(path).catch((fault: unknown) => {
    throw refuse(reasonOf(fault), fault)
  })
  if (!found.isFile()) throw refuse('it is no file')
  return found.size
}

function foreign(file: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError(
    'invalid-input',
    `${file} is no file of shared runs. Nothing was changed.`,
    { file, hint: 'Choose a file that was saved by “Share” or the command share; it ends in .experiment.zip.' },
    { cause },
  )
}

/** A ZIP archive that cannot be opened is cut short; anything else is no archive at all. */
async function notWhole(path: string, file: string, damaged: OpenedShare['damaged'], cause: unknown): Promise<WorkbenchError> {
  const access = await accessFile(path)
  try {
    const start = (await access.read(0, 4)).toString('latin1')
    return start === 'PK\x03\x04' ? damaged('it ends too early', cause) : foreign(file, cause)
  } finally {
    await access.close()
  }
}

async function readManifest(zip: ZipArchive, file: string, damaged: OpenedShare['damaged'], breathe: Breathe): Promise<Manifest> {
  const content = zip.open(MANIFEST)
  if (!content) throw foreign(file)
  const text = decoded(await collect(content, LARGEST_MANIFEST, breathe, () => damaged('its list of contents is too long')), () =>
    damaged('its list of contents cannot be read'),
  )
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch (fault) {
    throw damaged('its list of contents cannot be read', fault)
  }
  const { format, version } = (given ?? {}) as { format?: unknown; version?: unknown }
  if (format !== SHARE_FORMAT) throw foreign(file)
  if (typeof version === 'number' && version > SHARE_VERSION) {
    throw new WorkbenchError(
      'invalid-input',
      `${file} was shared by a newer version of the workbench (format ${version}; this one reads up to ${SHARE_VERSION}). Nothing was changed.`,
      { file, hint: 'Install the newest version of the workbench, then open it again.' },
    )
  }
  const parsed = manifestSchema.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw damaged(`its list of contents makes no sense (${issue!.path.join('.') || 'all of it'}: ${issue!.message})`, parsed.error)
  }
  const manifest = parsed.data
  checkReferences(manifest, damaged)
  const [listed, asked, there] = [Object.keys(manifest.members), membersOf(manifest), zip.names.filter((name) => name !== MANIFEST)]
  for (const name of asked) if (!Object.hasOwn(manifest.members, name)) throw damaged(`its list of contents lacks ${name}`)
  const inArchive = new Set(there)
  for (const name of listed) if (!inArchive.has(name)) throw damaged(`${name} is not in it any more`)
  const known = new Set(asked)
  const unknown = [...listed, ...there].find((name) => !known.has(name))
  if (unknown !== undefined) throw damaged(`it holds ${unknown}, which nothing in it speaks of`)
  return manifest
}

function checkReferences({ dataset, splits, experiments, runs }: Manifest, damaged: OpenedShare['damaged']): void {
  if (experiments.some(({ split }) => split >= splits.length)) throw damaged('an experiment is of a split that is not in it')
  if (runs.some(({ experiment }) => experiment >= experiments.length)) throw damaged('a run is of an experiment that is not in it')
  if (dataset.sequences && dataset.length === 0) throw damaged('its sequences have no bases')
}

function reading(opened: Pick<OpenedShare, 'file' | 'bytes' | 'manifest' | 'damaged'>, zip: ZipArchive, breathe: Breathe): OpenedShare {
  const { manifest, damaged } = opened
  const bytesOf = async (name: string) => {
    const expected = manifest.members[name]
    const content = expected && zip.open(name)
    if (!content) throw damaged(`${name} is not in it any more`)
    if (expected.bytes > LARGEST_MEMBER) throw damaged(`${name} is larger than can be`)
    const bytes = await collect(content, expected.bytes, breathe, () => damaged(`${name} is longer than it was`))
    if (bytes.byteLength !== expected.bytes || createHash('sha256').update(bytes).digest('hex') !== expected.sha256)
      throw damaged(`${name} is not what was saved (the checksum differs)`)
    return bytes
  }
  const vector = async <V extends Float32Array | Int32Array>(
    name: string,
    count: number,
    is: (value: number) => boolean,
    from: (blob: Uint8Array) => V,
  ): Promise<V> => {
    if (manifest.members[name]?.bytes !== 4 * count) throw damaged(`${name} has not ${count} values`)
    const values = from(await bytesOf(name))
    if (!values.every((value) => is(value))) throw damaged(`${name} has values that cannot be`)
    return values
  }
  return {
    ...opened,
    bytesOf,
    json: async (name) => {
      const text = decoded(await bytesOf(name), () => damaged(`${name} cannot be read`))
      try {
        return JSON.parse(text) as unknown
      } catch (fault) {
        throw damaged(`${name} cannot be read`, fault)
      }
    },
    float32: (name, count, is) => vector(name, count, is, float32FromBlob),
    int32: (name, count, is) => vector(name, count, is, int32FromBlob),
  }
}

async function collect(
  content: AsyncIterable<Uint8Array>,
  most: number,
  breathe: Breathe,
  tooLong: () => WorkbenchError,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of content) {
    if ((bytes += piece.byteLength) > most) throw tooLong()
    pieces.push(piece)
    await breathe()
  }
  return Buffer.concat(pieces)
}

function decoded(bytes: Uint8Array, refuse: () => WorkbenchError): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw refuse()
  }
}
