import { describe, expect, it } from 'vitest'
import { reasonOf } from '../../../../src/main/files/reasonOf.ts'

const coded = (code: string) => Object.assign(new Error(`${code}: no luck, open '/somewhere'`), { code })

describe('reasonOf', () => {
  it('says in words what the codes of the system and of SQLite mean, whatever follows them', () => {
    expect(reasonOf(coded('ENOSPC'))).toBe('the disk is full')
    expect(reasonOf(coded('EROFS'))).toBe('it is on a medium that can only be read')
    expect(reasonOf(coded('SQLITE_FULL'))).toBe('the disk is full')
    expect(reasonOf(coded('SQLITE_READONLY_DIRECTORY'))).toBe('it can only be read')
  })

  it('falls back on the message', () => {
    expect(reasonOf(coded('EODD'))).toContain('no luck')
    expect(reasonOf(new Error('plain'))).toBe('plain')
    expect(reasonOf('text')).toBe('text')
  })
})
