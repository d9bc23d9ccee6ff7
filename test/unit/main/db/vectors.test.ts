import { describe, expect, it } from 'vitest'
import { float32FromBlob, int32FromBlob, toBlob } from '../../../../src/main/db/vectors.ts'

describe('vectors in BLOBs', () => {
  it('are little-endian', () => {
    expect([...toBlob(Float32Array.of(1, -2.5))]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0])
    expect([...toBlob(Int32Array.of(1, -1))]).toEqual([1, 0, 0, 0, 255, 255, 255, 255])
  })

  it('come back as they went, NaN and parts of larger memory included', () => {
    const whole = Float32Array.of(9, Number.NaN, 3.25, 9)
    expect(float32FromBlob(toBlob(whole.subarray(1, 3)))).toEqual(Float32Array.of(Number.NaN, 3.25))
    const unaligned = new Uint8Array(9)
    unaligned.set(toBlob(Int32Array.of(7, -8)), 1)
    expect(int32FromBlob(unaligned.subarray(1))).toEqual(Int32Array.of(7, -8))
  })

  it('refuse bytes that are no whole numbers', () => {
    expect(() => float32FromBlob(new Uint8Array(7))).toThrow(RangeError)
  })
})
