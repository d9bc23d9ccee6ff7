import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockWorkspace } from '../../../../src/main/db/workspaceLock.ts'
import { hasWriter } from '../../../../src/main/db/workspaceWriter.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'writer-'))))
afterEach(() => rmSync(folder, { recursive: true }))

describe('hasWriter', () => {
  it('follows the lock', () => {
    expect(hasWriter(folder)).toBe(false)
    const lock = lockWorkspace(folder)
    expect(hasWriter(folder)).toBe(true)
    lock.release()
    expect(hasWriter(folder)).toBe(false)
  })

  it('tells a writer that was killed from one that lives', () => {
    const module = new URL('../../../../src/main/db/workspaceLock.ts', import.meta.url).href
    const script = `import { lockWorkspace } from ${JSON.stringify(module)}; lockWorkspace(process.argv[1]); process.kill(process.pid, 'SIGKILL')`
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script, folder], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
    })
    expect(signal).toBe('SIGKILL')
    expect(hasWriter(folder)).toBe(false)
    lockWorkspace(folder).release()
  })
})
