import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { fetchWheel } from '../../../../scripts/setup/fetchWheel.mjs'
import { temporaryFolder } from './temporaryFolder.ts'
import { makeTrialWheel } from './trialWheel.ts'

const files = {
  'trial/__init__.py': '',
  'trial-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: trial\nVersion: 1.0\n',
  'trial-1.0.dist-info/WHEEL': 'Wheel-Version: 1.0\nGenerator: trial\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  'trial-1.0.dist-info/RECORD': '',
}

/** A folder that pip takes for its package index, with one wheel in it. */
function index() {
  const folder = temporaryFolder()
  const packages = join(folder, 'index')
  mkdirSync(packages)
  vi.stubEnv('PIP_NO_INDEX', '1')
  vi.stubEnv('PIP_FIND_LINKS', pathToFileURL(packages).href)
  const { wheel } = makeTrialWheel(packages, files, 'trial-1.0-py3-none-any.whl')
  return { wheel, downloads: join(folder, 'downloads') }
}

describe('fetchWheel', () => {
  it('fetches the locked file with pip', async () => {
    const { wheel, downloads } = index()
    const file = await fetchWheel('python3', wheel, downloads)
    expect(file).toBe(join(downloads, wheel.file))
    expect(existsSync(file)).toBe(true)
  })

  it('keeps nothing of a file that is not the locked one', async () => {
    const { wheel, downloads } = index()
    await expect(fetchWheel('python3', { ...wheel, sha256: '0'.repeat(64) }, downloads)).rejects.toThrow(/SHA-256/)
    expect(existsSync(downloads)).toBe(false)
  })

  it('uses a whole file of an earlier set-up again, and replaces a broken one', async () => {
    const { wheel, downloads } = index()
    const file = await fetchWheel('python3', wheel, downloads)
    // No Python of this name: only a file that is there already can be the answer.
    await expect(fetchWheel('no-such-python', wheel, downloads)).resolves.toBe(file)
    writeFileSync(file, 'cut short')
    await expect(fetchWheel('python3', wheel, downloads)).resolves.toBe(file)
  })

  it('says what pip said where there is nothing to fetch', async () => {
    const { wheel, downloads } = index()
    await expect(fetchWheel('python3', { ...wheel, version: '2.0' }, downloads)).rejects.toThrow(/trial==2\.0/)
  })
})
