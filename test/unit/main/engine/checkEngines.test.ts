import { describe, expect, it } from 'vitest'
import { explain } from '../../../../src/main/engine/checkEngines.ts'
import type { EngineName, EngineReport } from '../../../../src/shared/domain/engine.ts'

const works = (name: EngineName, reason = ''): EngineReport => ({
  name,
  device: 'CPU',
  onGpu: false,
  works: true,
  difference: 1e-7,
  rowsPerSecond: 1000,
  reason,
})
const FELL_BACK = 'Its fast encoder is not used.'

describe('the reasons beside the engines', () => {
  it('tell of the one in use what it had to fall back from', () => {
    const { chosen, engines } = explain([works('tensorflow', FELL_BACK), works('wasm')])
    expect(chosen).toBe('tensorflow')
    expect(engines.map(({ reason }) => reason)).toEqual([
      `TensorFlow: ${FELL_BACK} So TensorFlow on the CPU is used: a training step gave the expected numbers.`,
      expect.stringMatching(/^Works, but TensorFlow on the CPU is better\./) as string,
    ])
  })

  it('tell it of another, too', () => {
    const { engines } = explain([{ ...works('webgpu'), device: 'Test GPU', onGpu: true }, works('tensorflow', FELL_BACK)])
    expect(engines[1]!.reason).toBe(`TensorFlow: ${FELL_BACK} Works, but WebGPU on Test GPU is better.`)
  })
})
