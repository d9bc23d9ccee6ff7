import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeWhole } from '../../../../src/main/files/writeWhole.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

describe('writeWhole', () => {
  it('puts a file in the place of another', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'scores.tsv'), 'old')
    await writeWhole(join(folder, 'scores.tsv'), 'new')
    expect(readFileSync(join(folder, 'scores.tsv'), 'utf8')).toBe('new')
    expect(readdirSync(folder)).toEqual(['scores.tsv'])
  })

  it('leaves nothing half-written where it fails', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'scores.tsv', 'full'), { recursive: true })
    await expect(writeWhole(join(folder, 'scores.tsv'), 'new')).rejects.toThrow()
    expect(readdirSync(folder)).toEqual(['scores.tsv'])
  })
})
