import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { cudaRuntime } from '../../../../scripts/setup/cudaRuntime.mjs'
import { lockedCuda, type LockedWheel } from '../../../../scripts/setup/engineLock.mjs'
import { SetupProblem } from '../../../../scripts/setup/setupProblem.mjs'
import { cudaRuntime as asTheCoreSeesIt } from '../../../../src/main/engine/cudaRuntime.ts'
import { temporaryFolder } from './temporaryFolder.ts'
import { makeTrialWheel } from './trialWheel.ts'

const contents: Record<string, Record<string, string>> = {
  tensorflow: {
    'tensorflow/libtensorflow_cc.so.2': 'TensorFlow on CUDA',
    'tensorflow/libtensorflow_framework.so.2': 'framework',
    'tensorflow/python/something.py': 'not needed',
  },
  nvidia_cublas_cu12: {
    'nvidia/cublas/lib/libcublas.so.12': 'cuBLAS '.repeat(1000),
    'nvidia/cublas/include/cublas.h': '// not needed',
    'nvidia_cublas_cu12-1.0.dist-info/License.txt': 'NVIDIA’s licence',
  },
  nvidia_cuda_nvcc_cu12: { 'nvidia/cuda_nvcc/bin/ptxas': 'assembler', 'nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc': 'library' },
}

/** A folder that pip takes for its package index, with a small CUDA runtime in it. */
function trial() {
  const folder = temporaryFolder()
  const [index, home] = [join(folder, 'index'), join(folder, 'home')]
  for (const each of [index, home]) mkdirSync(each)
  vi.stubEnv('PIP_NO_INDEX', '1')
  vi.stubEnv('PIP_FIND_LINKS', pathToFileURL(index).href)
  const wheels = Object.entries(contents).map(([name, files]): LockedWheel => {
    const info = `${name}-1.0.dist-info`
    const whole = {
      ...files,
      [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n`,
      [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: trial\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
      [`${info}/RECORD`]: '',
    }
    return { ...makeTrialWheel(index, whole, `${name}-1.0-py3-none-any.whl`).wheel, package: name.replaceAll('_', '-'), version: '1.0' }
  })
  const locked = { wheels, version: '1.0', unpackedBytes: 10_000 }
  const place = join(home, 'runtime', 'cuda')
  const proved: string[][] = []
  const prove = (folders: string[]) => {
    proved.push(folders)
    return Promise.resolve()
  }
  return { home, index, locked, place, prove, proved, runtime: cudaRuntime(locked, place, prove) }
}

const namesIn = (folder: string) => readdirSync(folder).sort()

describe('cudaRuntime', () => {
  it('fetches, verifies, unpacks and proves, and is then in its place, where the core finds it', async () => {
    const { home, runtime, place, locked, proved } = trial()
    expect(runtime.isDone()).toBe(false)
    const bytes = locked.wheels.reduce((sum, wheel) => sum + wheel.bytes, 0)
    expect(runtime.size()).toEqual({ files: 3, bytes, left: bytes, unpacked: 10_000 })
    const stages = new Set<string>()
    await runtime.run(({ stage }) => stages.add(stage))
    expect(runtime.isDone()).toBe(true)
    expect(stages).toContain('Unpacking')
    const names = readdirSync(place, { recursive: true }).map(String)
    expect(names.filter((name) => statSync(join(place, name)).isFile()).sort()).toEqual(
      [
        'installed.json',
        'lib/libtensorflow_cc.so.2',
        'lib/libtensorflow_framework.so.2',
        'licences/nvidia_cublas_cu12/License.txt',
        'nvidia/cublas/lib/libcublas.so.12',
        'nvidia/cuda_nvcc/bin/ptxas',
        'nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc',
      ].sort(),
    )
    expect(statSync(join(place, 'nvidia/cuda_nvcc/bin/ptxas')).mode & 0o111).toBe(0o111)
    // Proved where it was unpacked, TensorFlow's own libraries first.
    expect(proved[0]!.map((folder) => folder.split('/').slice(-2).join('/'))).toEqual(['.cuda-unpacking/lib', 'cublas/lib'])
    expect(namesIn(join(home, 'runtime'))).toEqual(['cuda'])
    writeFileSync(join(home, 'engine-runtime.lock.json'), JSON.stringify({ cuda: { 'linux-x64': { wheels: locked.wheels } } }))
    expect(asTheCoreSeesIt(home, 'linux-x64')).toEqual({
      state: 'installed',
      bytes,
      libraries: [join(place, 'lib'), join(place, 'nvidia/cublas/lib')],
    })
    rmSync(join(place, 'installed.json'))
    expect(asTheCoreSeesIt(home, 'linux-x64')).toEqual({ state: 'absent', bytes, libraries: [] })
    expect(asTheCoreSeesIt(home, 'win32-x64')).toEqual({ state: 'none', bytes: 0, libraries: [] })
  })

  it('goes on after an interruption with what is whole', async () => {
    const { runtime, index, locked } = trial()
    const last = join(index, locked.wheels[2]!.file)
    const bytes = readFileSync(last)
    rmSync(last)
    await expect(runtime.run(() => {})).rejects.toThrow(/nvidia-cuda-nvcc-cu12/)
    expect(runtime.isDone()).toBe(false)
    expect(runtime.size().left).toBe(locked.wheels[2]!.bytes)
    // What is there already cannot be fetched any more: only the kept files can be the answer.
    for (const { file } of locked.wheels.slice(0, 2)) rmSync(join(index, file))
    writeFileSync(last, bytes)
    await runtime.run(() => {})
    expect(runtime.isDone()).toBe(true)
  })

  it('keeps nothing of a file that is not the locked one, and changes nothing', async () => {
    const { locked, place, prove } = trial()
    const [first, ...rest] = locked.wheels
    const altered = cudaRuntime({ ...locked, wheels: [{ ...first!, sha256: '0'.repeat(64) }, ...rest] }, place, prove)
    await expect(altered.run(() => {})).rejects.toThrow(/SHA-256/)
    expect(existsSync(place)).toBe(false)
  })

  it('leaves what was there where the new one does not load', async () => {
    const { home, locked, place, prove } = trial()
    await cudaRuntime(locked, place, prove).run(() => {})
    const next = { ...locked, wheels: locked.wheels.slice(0, 2) }
    const refuse = () => Promise.reject(new SetupProblem('It does not load.', 'Nothing was changed.'))
    await expect(cudaRuntime(next, place, refuse).run(() => {})).rejects.toThrow('It does not load.')
    expect(cudaRuntime(locked, place, prove).isDone()).toBe(true)
    expect(namesIn(join(home, 'runtime'))).toEqual(['.cuda-download', 'cuda'])
  })

  it('says how much room is missing before anything is fetched', async () => {
    const { locked, place, prove } = trial()
    const huge = cudaRuntime({ ...locked, unpackedBytes: 1e18 }, place, prove)
    await expect(huge.run(() => {})).rejects.toThrow(/too little room: 1000000000\.0 GB are needed/)
    expect(huge.size().left).toBe(huge.size().bytes)
  })
})

describe('lockedCuda', () => {
  it('names whole files, TensorFlow’s first, of the version that the binding is built for', () => {
    const locked = lockedCuda('linux-x64')
    if ('none' in locked) throw new Error(locked.none)
    expect(locked.wheels).toHaveLength(13)
    expect(locked.version).toBe('2.20.0')
    expect(locked.wheels[0]!.package).toBe('tensorflow')
    for (const { package: name, file, version, platform, bytes, sha256 } of locked.wheels) {
      expect(file.startsWith(`${name.replaceAll('-', '_')}-${version}-`)).toBe(true)
      expect(file).toContain(platform)
      expect(bytes).toBeGreaterThan(1e5)
      expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    }
  })

  it('says what to do where there is none', () => {
    expect(lockedCuda('darwin-arm64')).toEqual({ none: expect.stringContaining('WebGPU reaches the GPU there') as unknown })
  })
})
