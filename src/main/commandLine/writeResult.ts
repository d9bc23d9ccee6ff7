import { basename, resolve } from 'node:path'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { reasonOf } from '../files/reasonOf.ts'
import { writeWhole } from '../files/writeWhole.ts'

/** Writes what a command made, whole or not at all. @throws WorkbenchError `unavailable` where the disk does not take it */
export async function writeResult(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeWhole(resolve(file), bytes)
  } catch (fault) {
    const name = basename(file)
    throw new WorkbenchError('unavailable', `${name} could not be written: ${reasonOf(fault)}.`, {
      file: name,
      hint: 'Name another file with --out.',
    })
  }
}
