import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../../../../src/main/db/openDatabase.ts'
import { simulateDataset } from '../../../../../src/main/datasets/simulateDataset.ts'
import { importAtOnce } from '../importAtOnce.ts'
import { prepareFolders, workspaceFolders } from '../../../../../src/main/workspace.ts'
import { temporaryFolder } from '../../temporaryFolder.ts'
import { contentOf, encodeFixture, now, planOf, testWorkbench } from '../datasetFixtures.ts'

const dying = fileURLToPath(new URL('importAndDie.ts', import.meta.url))

describe('a process that is killed while it imports', () => {
  it.each(['reading', 'staging', 'writing'])('while %s leaves the workspace as it was, and ready for the next', async (moment) => {
    const plan = await planOf(testWorkbench(), encodeFixture)
    const folder = temporaryFolder()
    const folders = workspaceFolders(folder)
    const context = (database: ReturnType<typeof openDatabase>) => ({ database, uploadsFolder: folders.uploads, now })
    const before = openDatabase(folder)
    await prepareFolders(folders)
    await simulateDataset({ name: 'before', elements: 100, seed: 1 }, context(before))
    before.close()
    const content = contentOf(folder)

    const child = spawn(process.execPath, [dying, folder, moment, JSON.stringify(plan)], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [said, [, signal]] = await Promise.all([textOf(child.stdout), once(child, 'exit') as Promise<[number | null, string | null]>])
    expect({ said, signal }).toEqual({ said: '', signal: 'SIGKILL' })

    const after = openDatabase(folder)
    try {
      expect(contentOf(folder)).toBe(content)
      await prepareFolders(folders)
      expect(readdirSync(join(folder, 'uploads'))).toEqual([])
      await importAtOnce({ name: 'killed', plan }, context(after))
    } finally {
      after.close()
    }
    expect(contentOf(folder)).not.toBe(content)
  })
})
