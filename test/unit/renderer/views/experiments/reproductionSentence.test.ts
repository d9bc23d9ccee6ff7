import { describe, expect, it } from 'vitest'
import { reproductionSentence } from '../../../../../src/renderer/views/experiments/reproductionSentence.ts'

describe('reproductionSentence', () => {
  it('says that the weights are the same', () => {
    expect(reproductionSentence({ original: 3, equal: true, largestDifference: 0, differences: [] })).toBe(
      'Byte-equal to run 3: every weight is the same to the last bit.',
    )
  })

  it('says by how much they differ, and why that may be', () => {
    const differences = ['Engine: tensorflow on CPU then, wasm on CPU (WebAssembly) now.']
    expect(reproductionSentence({ original: 3, equal: false, largestDifference: 1.234e-7, differences })).toBe(
      'Not byte-equal to run 3: weights differ by up to 1.2e-7. What was otherwise: Engine: tensorflow on CPU then, wasm on CPU (WebAssembly) now. The last digits depend on the engine, its version and the processor.',
    )
  })

  it('does not make up a reason', () => {
    expect(reproductionSentence({ original: 3, equal: false, largestDifference: 0.5, differences: [] })).toContain(
      'Engine, versions and machine are the same, so the weights should be, too',
    )
  })

  it('waits until there is something to compare', () => {
    expect(reproductionSentence(null)).toBe('Once it is completed, its weights are compared with that run’s.')
  })
})
