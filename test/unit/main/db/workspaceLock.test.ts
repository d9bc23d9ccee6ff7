import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openDatabase, openDatabaseForReading } from '../../../../src/main/db/openDatabase.ts'
import { lockWorkspace } from '../../../../src/main/db/workspaceLock.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

describe('the lock of a workspace', () => {
  it('refuses a second writer with the name of the first, and is free once that process is gone, however it went', async () => {
    const folder = temporaryFolder()
    const holder = await holdWorkspace(folder)
    expect(() => openDatabase(folder)).toThrow(
      expect.objectContaining({ code: 'conflict', message: expect.stringContaining(`process ${holder.pid} `) as unknown }),
    )
    openDatabaseForReading(folder).close()

    holder.kill('SIGKILL')
    await once(holder, 'exit')
    openDatabase(folder).close()
  })

  it('refuses a second writer within the same process, and is free after release', () => {
    const folder = temporaryFolder()
    const lock = lockWorkspace(folder)
    expect(() => lockWorkspace(folder)).toThrow(expect.objectContaining({ code: 'conflict' }))
    lock.release()
    lock.release()
    lockWorkspace(folder).release()
  })

  it('is free again when opening failed after it was taken', () => {
    const folder = temporaryFolder()
    expect(() => openDatabase(folder, [{ version: 1, sql: 'nonsense' }])).toThrow()
    openDatabase(folder).close()
  })
})

async function holdWorkspace(folder: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('holdWorkspace.ts', import.meta.url)), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  expect(said.toString()).toBe('open\n')
  return child
}
