import { describe, expect, it } from 'vitest'
import { variantDefinitions } from '../../../../src/engine/variants/definitions.ts'
import {
  convParameters,
  initialiseParameters,
  linearParameters,
  packParameters,
  parameterCount,
  unpackParameters,
} from '../../../../src/engine/variants/parameters.ts'
import { variants } from '../../../../src/shared/domain/variants.ts'

describe('parameters', () => {
  it('are counted as PyTorch counts them', () => {
    // sum(p.numel() for p in net.parameters()), with three cell types
    const counts = { baseline: 2033, embedding: 2099, attention: 2050, full: 2116 }
    for (const variant of variants) expect(parameterCount(variantDefinitions[variant].parameters(3)), variant).toBe(counts[variant])
  })

  it('are packed with reversed axes and unpacked as they were', () => {
    const parameters = [...convParameters('conv', 3, 2, 4), ...linearParameters('linear', 2, 1)]
    const count = parameterCount(parameters)
    const tensors = unpackParameters(
      parameters,
      Float32Array.from({ length: count }, (_, i) => i),
    )
    // conv[out 1, in 2, width 3] stands at [width 3, in 2, out 1].
    expect(tensors['conv.weight']!.shape).toEqual([2, 3, 4])
    expect(tensors['conv.weight']!.values[1 * 12 + 2 * 4 + 3]).toBe(3 * 6 + 2 * 2 + 1)
    expect([...packParameters(parameters, tensors)]).toEqual([...Array(count).keys()])
  })

  it('are refused by name when missing or misshapen', () => {
    const parameters = linearParameters('head', 2, 1)
    expect(() => packParameters(parameters, {})).toThrow('head.weight is missing')
    expect(() => packParameters(parameters, { 'head.weight': { shape: [2, 1], values: new Float32Array(2) } })).toThrow(
      'should be [1, 2] but is [2, 1]',
    )
  })

  it('are drawn as PyTorch draws them, and the seed decides', () => {
    const parameters = variantDefinitions.full.parameters(500)
    const drawn = initialiseParameters(parameters, 7)
    expect(initialiseParameters(parameters, 7)).toEqual(drawn)
    expect(initialiseParameters(parameters, 8)).not.toEqual(drawn)
    const tensors = unpackParameters(parameters, drawn)
    const range = (name: string) => [Math.min(...tensors[name]!.values), Math.max(...tensors[name]!.values)] as const
    for (const [name, bound] of [
      ['encoder.4.weight', 1 / 8],
      ['encoder.7.weight', 1 / 8],
      ['head.0.weight', 1 / Math.sqrt(22)],
    ] as const) {
      expect(range(name)[0]).toBeGreaterThanOrEqual(-bound)
      expect(range(name)[0]).toBeLessThan(-0.9 * bound)
      expect(range(name)[1]).toBeLessThanOrEqual(bound)
      expect(range(name)[1]).toBeGreaterThan(0.9 * bound)
    }
    const embedded = tensors['cell_types.weight']!.values
    const mean = embedded.reduce((sum, value) => sum + value, 0) / embedded.length
    expect(mean).toBeCloseTo(0, 1)
    expect(embedded.reduce((sum, value) => sum + (value - mean) ** 2, 0) / embedded.length).toBeCloseTo(1, 1)
    expect(range('encoder.9.weight')).toEqual([1, 1])
    expect(range('encoder.9.bias')).toEqual([0, 0])
  })
})
