import { describe, expect, it } from 'vitest'
import { loaders } from '../../../../src/engine/backends/loaders.ts'
import { DeviceLost, machineFault, OutOfMemory, withMachineFaults } from '../../../../src/engine/backends/machineFaults.ts'
import { tf } from '../../../../src/engine/tfjs.ts'
import { WorkbenchError } from '../../../../src/shared/domain/errors.ts'

describe('machineFault', () => {
  it.each([
    'OOM when allocating tensor with shape[2048,1,231,64] and type float on /job:localhost/replica:0/task:0/device:GPU:0 by allocator GPU_0_bfc',
    'RESOURCE_EXHAUSTED: Graph execution error',
    'CUDA_ERROR_OUT_OF_MEMORY: out of memory',
    'std::bad_alloc',
  ])('knows too little memory: %s', (text) => {
    expect(machineFault(new Error(text))).toBeInstanceOf(OutOfMemory)
  })

  it.each([
    'CUDA_ERROR_ILLEGAL_ADDRESS: an illegal memory access was encountered',
    'Failed to synchronize GPU for event: CUDA_ERROR_ECC_UNCORRECTABLE: uncorrectable ECC error encountered',
    'NVRM: Xid 79, GPU has fallen off the bus',
    'CUDA_ERROR_LAUNCH_FAILED: unspecified launch failure',
  ])('knows a lost GPU: %s', (text) => {
    const fault = machineFault(new Error(text))
    expect(fault).toBeInstanceOf(DeviceLost)
    expect((fault as DeviceLost).message).toMatch(/^The GPU was lost in the middle of its work: its driver says “.+”\.$/)
  })

  it('leaves everything else as it is', () => {
    const other = new Error('Invalid argument: Incompatible shapes: [2,3] vs. [4,5]')
    expect(machineFault(other)).toBe(other)
    const ours = new WorkbenchError('invalid-input', 'a file that says out of memory')
    expect(machineFault(ours)).toBe(ours)
  })

  it('is what a backend throws, whether it compiles, runs or is read', async () => {
    const fails = () => {
      throw new Error('OOM when allocating tensor with shape[1]')
    }
    const cpu = await loaders.cpu.load()
    const x = tf.tensor1d([1])
    const running = withMachineFaults({ ...cpu, compile: () => ({ run: fails, dispose: () => {} }), read: async () => fails() })
    expect(() => running.compile((y) => [y], [x]).run(x)).toThrow(OutOfMemory)
    await expect(running.read(x)).rejects.toThrow(OutOfMemory)
    expect(() => withMachineFaults({ ...cpu, compile: fails }).compile((y) => [y], [x])).toThrow(OutOfMemory)
    x.dispose()
  })
})
