import { describe, expect, it } from 'vitest'
import { earlierStretches } from '../../../../src/main/experiments/earlierStretches.ts'
import type { Machine } from '../../../../src/shared/domain/model.ts'

const machine: Machine = { processor: 'Some processor', cores: 2, memoryGiB: 8, platform: 'linux x64', gpu: null }
const cpu = { engine: 'tensorflow on CPU', versions: { tensorflow: '2.20.0' }, machine }
const gpu = { ...cpu, engine: 'tensorflow on NVIDIA GPU (CUDA)', machine: { ...machine, gpu: 'NVIDIA GPU (CUDA)' } }
const wasm = { ...cpu, engine: 'wasm on CPU' }
type Before = Parameters<typeof earlierStretches>[0]
const before = (
  { machine: last, ...rest }: typeof cpu,
  epochs: number,
  earlier: NonNullable<Before['provenance']>['earlier'] = [],
): Before => ({
  ...rest,
  epochs,
  provenance: { machine: last, earlier, notes: [], datasetFingerprint: 'd', splitFingerprint: 's' },
})

describe('earlierStretches', () => {
  it('has none where a run begins, or goes on with what it was begun with', () => {
    expect(earlierStretches({ engine: null, versions: {}, provenance: null, epochs: 0 }, cpu)).toEqual([])
    expect(earlierStretches(before(cpu, 7), structuredClone(cpu))).toEqual([])
  })

  it('keeps what trained the epochs before another engine, machine or version went on', () => {
    expect(earlierStretches(before(cpu, 7), gpu)).toEqual([{ ...cpu, epochs: 7 }])
    expect(earlierStretches(before(gpu, 9, [{ ...cpu, epochs: 7 }]), wasm)).toEqual([
      { ...cpu, epochs: 7 },
      { ...gpu, epochs: 9 },
    ])
    expect(earlierStretches(before(gpu, 9, [{ ...cpu, epochs: 7 }]), gpu)).toEqual([{ ...cpu, epochs: 7 }])
    expect(earlierStretches(before(cpu, 3), { ...cpu, versions: { tensorflow: '2.21.0' } })).toEqual([{ ...cpu, epochs: 3 }])
  })

  it('forgets what is trained anew', () => {
    expect(earlierStretches(before(gpu, 5, [{ ...cpu, epochs: 7 }]), wasm)).toEqual([{ ...cpu, epochs: 5 }])
    expect(earlierStretches(before(gpu, 5, [{ ...cpu, epochs: 7 }]), cpu)).toEqual([])
    expect(earlierStretches(before(gpu, 7, [{ ...cpu, epochs: 7 }]), cpu)).toEqual([])
    expect(earlierStretches(before(gpu, 0, [{ ...cpu, epochs: 7 }]), wasm)).toEqual([])
  })

  it('knows nothing of a run of an earlier version', () => {
    expect(earlierStretches({ engine: 'tensorflow on CPU', versions: {}, provenance: null, epochs: 3 }, gpu)).toEqual([])
  })
})
