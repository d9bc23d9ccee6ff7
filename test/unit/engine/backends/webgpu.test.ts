import { beforeAll, describe, expect, it } from 'vitest'
import { findAdapter, isSoftware, nameOf, type AdapterInfo } from '../../../../src/engine/backends/dawn.ts'
import { DeviceLost, OutOfMemory } from '../../../../src/engine/backends/machineFaults.ts'
import { webgpu } from '../../../../src/engine/backends/webgpu.ts'
import { tf } from '../../../../src/engine/tfjs.ts'
import { noVulkan, useSoftwareVulkan } from './softwareVulkan.ts'

interface GpuGlobals {
  readonly GPUOutOfMemoryError: new (message: string) => Error
  readonly GPUUncapturedErrorEvent: new (type: string, init: { error: Error }) => Event
}
const deviceInUse = () => (tf.backend() as unknown as { readonly device: EventTarget & { destroy(): void } }).device

const info = (parts: Partial<AdapterInfo>): AdapterInfo => ({ vendor: '', architecture: '', device: '', description: '', ...parts })

describe('an adapter', () => {
  it.each([
    [info({ vendor: 'nvidia', device: 'NVIDIA GeForce RTX 4090', description: 'NVIDIA 550.54' }), 'NVIDIA GeForce RTX 4090', false],
    [info({ vendor: 'apple', architecture: 'common-3', device: '', description: 'Metal driver' }), 'Metal driver', false],
    [info({ vendor: 'intel', architecture: 'gen-12lp' }), 'intel gen-12lp', false],
    [info({}), 'GPU without a name', false],
    [info({ device: 'llvmpipe (LLVM 15.0.6, 256 bits)' }), 'llvmpipe (LLVM 15.0.6, 256 bits)', true],
    [info({ device: 'Microsoft Basic Render Driver' }), 'Microsoft Basic Render Driver', true],
    [info({ device: 'Some GPU', isFallbackAdapter: true }), 'Some GPU', true],
  ])('%o', (adapter, name, software) => {
    expect(nameOf(adapter)).toBe(name)
    expect(isSoftware(adapter)).toBe(software)
  })
})

describe.skipIf(noVulkan)(`webgpu${noVulkan ? ` (skipped: ${noVulkan})` : ''}`, () => {
  beforeAll(() => useSoftwareVulkan())

  it('says whose device it is, and that a processor plays it', async () => {
    const { device, onGpu, versions } = await webgpu.load()
    expect(device).toMatch(/^CPU \(swiftshader.*, a GPU played in software\)$/i)
    expect(onGpu).toBe(false)
    expect(versions['webgpu']).toMatch(/^\d+\.\d+\.\d+$/)
    expect(isSoftware((await findAdapter()).info)).toBe(true)
  })

  it('computes, and reads a copy that is the caller’s own', async () => {
    const backend = await webgpu.load()
    const x = tf.tensor1d([1, 2, 3])
    const [y] = backend.compile((a) => [tf.mul(a, 2)], [x]).run(x)
    const first = await backend.read(y!)
    first[0] = 9
    expect([...(await backend.read(y!))]).toEqual([2, 4, 6])
    tf.dispose([x, y!])
    expect(tf.memory().numTensors).toBe(0)
  })

  it('tells of a buffer that is too large where its numbers are read, and goes on after it', async () => {
    const backend = await webgpu.load()
    const [column, row] = [tf.ones([2 ** 15, 1]), tf.ones([1, 2 ** 14])]
    const [huge] = backend.compile((a, b) => [tf.sum(tf.matMul(a, b))], [column, row]).run(column, row)
    await expect(backend.read(huge!)).rejects.toThrow(OutOfMemory)
    const [two] = backend.compile((a) => [tf.add(tf.sum(a), 1)], [row]).run(row)
    expect([...(await backend.read(two!))]).toEqual([2 ** 14 + 1])
    tf.dispose([column, row, huge!, two!])
  })

  it('tells of memory that is full where the next numbers are read, and goes on after it', async () => {
    const backend = await webgpu.load()
    const x = tf.tensor1d([1])
    const increment = backend.compile((a) => [tf.add(a, 1)], [x])
    const [y] = increment.run(x)
    const { GPUUncapturedErrorEvent, GPUOutOfMemoryError } = globalThis as unknown as GpuGlobals
    deviceInUse().dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error: new GPUOutOfMemoryError('out of memory') }))
    await expect(backend.read(y!)).rejects.toThrow(OutOfMemory)
    const [z] = increment.run(x)
    expect([...(await backend.read(z!))]).toEqual([2])
    tf.dispose([x, y!, z!])
  })

  it('does not wait for a device that is gone, and opens it anew when asked', async () => {
    const backend = await webgpu.load()
    const x = tf.tensor1d([1])
    const doubled = backend.compile((a) => [tf.mul(a, 2)], [x])
    const [y] = doubled.run(x)
    deviceInUse().destroy()
    await expect(backend.read(y!)).rejects.toThrow(DeviceLost)
    expect(() => doubled.run(x)).toThrow('The GPU was lost in the middle of its work')
    const again = await webgpu.load()
    const z = tf.tensor1d([4])
    const [twice] = again.compile((a) => [tf.mul(a, 2)], [z]).run(z)
    expect([...(await again.read(twice!))]).toEqual([8])
  })
})
