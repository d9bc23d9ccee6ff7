import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../../../../src/main/db/openDatabase.ts'
import { importAtOnce } from '../importAtOnce.ts'
import { simulateDataset } from '../../../../../src/main/datasets/simulateDataset.ts'
import { temporaryFolder } from '../../temporaryFolder.ts'
import {
  contentOf,
  encodeFixture,
  fixturePath,
  importFiles,
  now,
  path,
  planOf,
  testWorkbench,
  type ImportedFiles,
} from '../datasetFixtures.ts'

function copiedTo(folder: string): ImportedFiles {
  mkdirSync(folder, { recursive: true })
  const copy = (name: string) => {
    cpSync(fixturePath(name), join(folder, name))
    return path(join(folder, name))
  }
  return {
    kind: 'encode',
    fasta: copy('library.fasta'),
    activities: ['HepG2.tsv', 'K562.tsv.gz', 'WTC11.tsv.gz'].map((name) => ({ cellType: name.split('.')[0]!, source: copy(name) })),
  }
}

describe('files in unkind places', () => {
  it('are read under accented, spaced and very long paths, and where nothing may be written', async () => {
    const workbench = testWorkbench()
    const { fingerprint } = await importFiles(workbench, { name: 'plain', files: encodeFixture })
    const deep = join(temporaryFolder(), 'mes données – été', ...Array.from({ length: 14 }, (_, i) => `${i} ${'très long '.repeat(20)}`))
    expect(deep.length).toBeGreaterThan(2500)
    const files = copiedTo(deep)
    chmodSync(deep, 0o500)
    onTestFinished(() => chmodSync(deep, 0o700))
    expect((await importFiles(workbench, { name: 'deep', files })).fingerprint).toBe(fingerprint)
  })
})

describe.skipIf(!canMount())('a disk that fills up during an import (a small tmpfs, where mounting is allowed)', () => {
  it('is told of in words, and nothing is lost', async () => {
    const folder = temporaryFolder()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', folder])
    onTestFinished(() => void execFileSync('umount', [folder]))
    const database = openDatabase(folder)
    onTestFinished(() => database.close())
    const context = { database, uploadsFolder: join(folder, 'uploads'), now }
    await simulateDataset({ name: 'before', elements: 100, seed: 1 }, context)
    const content = contentOf(folder)
    const plan = await planOf(testWorkbench(), encodeFixture)
    const ballast = join(folder, 'ballast')
    const { bavail, bsize } = statfsSync(folder)
    writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - 150_000)))
    await expect(importAtOnce({ name: 'too large', plan }, context)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/cannot be written to: the disk is full.*Nothing was changed\.$/) as unknown,
      details: { hint: expect.stringMatching(/Free some space/) as unknown },
    })
    expect(contentOf(folder)).toBe(content)
    writeFileSync(ballast, '')
    await importAtOnce({ name: 'too large', plan }, context)
  })
})

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const folder = mkdtempSync(join(tmpdir(), 'mount '))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder])
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true })
  }
}
