import { open, rename, rm } from 'node:fs/promises'

/** The ending of a file that is still being written. */
export const UNFINISHED = '.part'

/**
 * Writes a file under another name first, flushes it to the disk, then renames it, so that under its own name it is always
 * whole. Where that fails, nothing is left of it, and what had the name before stands as it was.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const unfinished = path + UNFINISHED
  try {
    const handle = await open(unfinished, 'w')
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(unfinished, path)
  } catch (fault) {
    await rm(unfinished, { force: true })
    throw fault
  }
}
