import { existsSync, mkdirSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unpackRuntime } from '../../../../scripts/setup/unpackRuntime.mjs'
import { temporaryFolder } from './temporaryFolder.ts'
import { lockedAs, makeTrialWheel } from './trialWheel.ts'

const files = {
  'tensorflow/libtensorflow_cc.so.2': 'library '.repeat(10_000),
  'tensorflow/libtensorflow_framework.so.2': 'framework',
  'tensorflow/include/tensorflow/c/c_api.h': '// C API',
  'tensorflow/include/LICENSE': 'Apache License',
  'tensorflow/python/something.py': 'not needed',
}

describe('unpackRuntime', () => {
  it('keeps the libraries, the headers and the licence, and nothing else', async () => {
    const folder = temporaryFolder()
    const { file, wheel } = makeTrialWheel(folder, files)
    const runtime = join(folder, 'home', 'runtime')
    await unpackRuntime('python3', file, wheel, runtime)
    const unpacked = readdirSync(runtime, { recursive: true }).map(String)
    expect(unpacked.filter((name) => /\.\w+$|LICENSE/.test(name)).sort()).toEqual(
      ['LICENSE', 'include/tensorflow/c/c_api.h', 'lib/libtensorflow_cc.so.2', 'lib/libtensorflow_framework.so.2', 'wheel.json'].sort(),
    )
    expect(readFileSync(join(runtime, 'lib', 'libtensorflow_cc.so.2'), 'utf8')).toBe(files['tensorflow/libtensorflow_cc.so.2'])
    expect(JSON.parse(readFileSync(join(runtime, 'wheel.json'), 'utf8'))).toEqual(wheel)
  })

  it('unpacks nothing of a file that is not the locked one', async () => {
    const folder = temporaryFolder()
    const { file, wheel } = makeTrialWheel(folder, files)
    await expect(unpackRuntime('python3', file, { ...wheel, sha256: '0'.repeat(64) }, join(folder, 'home', 'runtime'))).rejects.toThrow(
      /SHA-256/,
    )
    expect(existsSync(join(folder, 'home'))).toBe(false)
  })

  it('leaves no half runtime where unpacking breaks off', async () => {
    const folder = temporaryFolder()
    const { file } = makeTrialWheel(folder, files)
    truncateSync(file, 200)
    await expect(unpackRuntime('python3', file, lockedAs(file), join(folder, 'home', 'runtime'))).rejects.toThrow(/could not be unpacked/)
    expect(readdirSync(join(folder, 'home'))).toEqual([])
  })

  it('clears away what a killed set-up left', async () => {
    const folder = temporaryFolder()
    const { file, wheel } = makeTrialWheel(folder, files)
    const left = join(folder, 'home', '.unpacking', 'lib')
    mkdirSync(left, { recursive: true })
    writeFileSync(join(left, 'half'), 'of a library')
    await unpackRuntime('python3', file, wheel, join(folder, 'home', 'runtime'))
    expect(readdirSync(join(folder, 'home'))).toEqual(['runtime'])
    expect(readdirSync(join(folder, 'home', 'runtime', 'lib')).sort()).toEqual(['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'])
  })
})
