import { describe, expect, it } from 'vitest'
import { openDatabase } from '../../../../src/main/db/openDatabase.ts'
import { readSetting, writeSetting } from '../../../../src/main/db/settings.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

describe('Connection', () => {
  it('says in words that the disk is full, and keeps what was there before', () => {
    const folder = temporaryFolder()
    const database = openDatabase(folder)
    writeSetting(database, 'theme', 'dark')
    const { page_count: pages } = database.prepare<{ page_count: number }>('PRAGMA page_count').get()!
    database.prepare(`PRAGMA max_page_count = ${pages}`).get()
    const fill = () =>
      database.transaction(() => {
        writeSetting(database, 'theme', 'light')
        writeSetting(database, 'long', 'x'.repeat(1_000_000))
      })
    expect(fill).toThrow(
      expect.objectContaining({
        code: 'unavailable',
        message: 'The workspace’s database cannot be written to: the disk is full. Nothing was changed.',
      }),
    )
    expect(readSetting(database, 'theme')).toBe('dark')
    database.close()
  })
})
