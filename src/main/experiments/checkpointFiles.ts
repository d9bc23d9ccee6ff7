import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { StoredCheckpoint } from '../db/checkpoints.ts'
import { reasonOf } from '../files/reasonOf.ts'
import { UNFINISHED, writeWhole } from '../files/writeWhole.ts'
import { readSafetensors, writeSafetensors, type TensorFile } from './safetensors.ts'

const DAMAGED = '.damaged'

/** A checkpoint file that is not there, or not what was written. The message says which, in words. */
export class DamagedCheckpoint extends Error {}

/** Writes tensors to a file of the checkpoints folder, which under its own name is always whole. */
export async function writeCheckpointFile(folder: string, file: string, epoch: number, content: TensorFile): Promise<StoredCheckpoint> {
  const bytes = writeSafetensors(content)
  try {
    await writeWhole(join(folder, file), bytes)
  } catch (fault) {
    throw new WorkbenchError('unavailable', `The checkpoint of epoch ${epoch} could not be written: ${reasonOf(fault)}.`, {
      hint: 'Free some space on the disk of the workspace, then resume.',
    })
  }
  return { epoch, file, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.byteLength }
}

/** @throws DamagedCheckpoint unless the file is, byte for byte, the one that was written. */
export async function readCheckpointFile(folder: string, { file, sha256, bytes }: StoredCheckpoint): Promise<TensorFile> {
  const content = await readFile(join(folder, file)).catch((fault: unknown) => {
    throw new DamagedCheckpoint(
      isMissing(fault) ? `the file ${file} is not there any more` : `the file ${file} cannot be read: ${reasonOf(fault)}`,
    )
  })
  if (content.byteLength !== bytes) throw new DamagedCheckpoint(`the file ${file} has ${content.byteLength} bytes in place of ${bytes}`)
  if (createHash('sha256').update(content).digest('hex') !== sha256) throw new DamagedCheckpoint(`the file ${file} is not what was written`)
  return readSafetensors(content)
}

/** Removes a file that no run needs any more. */
export async function removeCheckpointFile(folder: string, file: string): Promise<void> {
  await rm(join(folder, file), { force: true })
}

/** Removes the files of runs that have been deleted: those that are named, and what was set aside of them as damaged. */
export async function removeFilesOfRuns(folder: string, runs: readonly number[], files: readonly string[]): Promise<void> {
  const ids = new Set(runs.map(String))
  const setAside = (await readdir(folder)).filter((file) => file.endsWith(DAMAGED) && ids.has(/^run-(\d+)-/.exec(file)?.[1] ?? ''))
  await Promise.all([...files, ...setAside].map((file) => removeCheckpointFile(folder, file)))
}

/** Sets a damaged file aside under another name, for whoever wants to look at it. */
export async function setAsideCheckpointFile(folder: string, file: string): Promise<void> {
  await rename(join(folder, file), join(folder, file + DAMAGED)).catch((fault: unknown) => {
    if (!isMissing(fault)) throw fault
  })
}

/**
 * Removes what a crash left behind: half-written files, and checkpoints of epochs that the database does not know (`needed`:
 * the files that it does). Models are never removed, nor what somebody else has put there: an older copy of the database may
 * have been brought back.
 */
export async function sweepCheckpointFiles(folder: string, needed: readonly string[]): Promise<string[]> {
  const keep = new Set(needed)
  const swept = (await readdir(folder)).filter(
    (file) => file.endsWith(UNFINISHED) || (/^(?:run-\d+-epoch-\d+|taken-[\da-f-]+)\.safetensors$/.test(file) && !keep.has(file)),
  )
  await Promise.all(swept.map((file) => rm(join(folder, file))))
  return swept
}

function isMissing(fault: unknown): boolean {
  return (fault as NodeJS.ErrnoException).code === 'ENOENT'
}
