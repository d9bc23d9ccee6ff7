import { mkdir, readdir, rm, stat, statfs } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { WorkspaceFolders } from './core.ts'

/** Where everything of a workspace is. */
export function workspaceFolders(folder: string): WorkspaceFolders {
  const workspace = resolve(folder)
  const of = (name: string) => join(workspace, name)
  return { workspace, checkpoints: of('checkpoints'), exports: of('exports'), logs: of('logs'), uploads: of('uploads') }
}

/** Makes the folders that are not there yet, and clears away uploads of an earlier session that nobody can name any more: all but those to keep. */
export async function prepareFolders({ workspace: _, ...folders }: WorkspaceFolders, keep: readonly string[] = []): Promise<void> {
  await Promise.all(Object.values(folders).map((folder) => mkdir(folder, { recursive: true })))
  const left = (await readdir(folders.uploads)).filter((name) => !keep.includes(name))
  await Promise.all(left.map((name) => rm(join(folders.uploads, name), { recursive: true, force: true })))
}

/** Bytes that a folder's files have, and bytes that its disk has left. */
export async function spaceOf(folder: string): Promise<{ bytes: number; freeBytes: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  )
  const disk = await statfs(folder)
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), freeBytes: disk.bavail * disk.bsize }
}
