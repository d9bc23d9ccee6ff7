import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortOrder } from '../../../../src/shared/stats/sortOrder.ts'

describe('sortOrder', () => {
  it('sorts any numbers as comparing them does, equal ones in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true })), (given) => {
        const values = Float32Array.from(given)
        const expected = [...values.keys()].sort((a, b) => (values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : a - b))
        expect([...sortOrder(values)]).toEqual(expected)
      }),
    )
  })

  it('takes zeros of both signs for one value, and knows infinities', () => {
    expect([...sortOrder(Float32Array.of(Infinity, 0, -0, -Infinity, 0, -1e-40))]).toEqual([3, 5, 1, 2, 4, 0])
  })
})
