import { describe, expect, it } from 'vitest'
import { readSafetensors, writeSafetensors, type Tensors } from '../../../../src/main/experiments/safetensors.ts'

const tensors: Tensors = {
  'conv1.weight': { shape: [2, 3], values: Float32Array.of(1, -2.5, 3e-20, NaN, Infinity, 0) },
  bias: { shape: [1], values: Float32Array.of(0.1) },
  empty: { shape: [0, 4], values: new Float32Array(0) },
  scalar: { shape: [], values: Float32Array.of(7) },
}

describe('safetensors', () => {
  it('gives back tensors and metadata bit by bit', () => {
    const read = readSafetensors(writeSafetensors({ tensors, metadata: { recipe: '{"name":"seed"}', ümläut: '→' } }))
    expect(read).toEqual({ tensors, metadata: { recipe: '{"name":"seed"}', ümläut: '→' } })
  })

  it('writes the bytes that the format asks for', () => {
    const file = writeSafetensors({ tensors: { a: { shape: [2], values: Float32Array.of(1, 2) } }, metadata: {} })
    const header = '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'
    expect([...file.subarray(0, 8)]).toEqual([56, 0, 0, 0, 0, 0, 0, 0])
    expect(Buffer.from(file.subarray(8, 64)).toString()).toBe(header.padEnd(56))
    expect([...file.subarray(64)]).toEqual([0, 0, 128, 63, 0, 0, 0, 64])
  })

  it('gives the same bytes whatever the order of the names', () => {
    const reversed = Object.fromEntries(Object.entries(tensors).reverse())
    expect(writeSafetensors({ tensors: reversed, metadata: {} })).toEqual(writeSafetensors({ tensors, metadata: {} }))
  })

  it('reads from within a larger buffer', () => {
    const file = writeSafetensors({ tensors, metadata: {} })
    const larger = new Uint8Array(file.length + 7)
    larger.set(file, 7)
    expect(readSafetensors(larger.subarray(7)).tensors).toEqual(tensors)
  })

  it('refuses values that do not fill their shape', () => {
    expect(() => writeSafetensors({ tensors: { a: { shape: [3], values: new Float32Array(2) } }, metadata: {} })).toThrow(/do not fill/)
  })

  it.each([0, 4, 8, 30, 100])('refuses a file cut after %i bytes', (length) => {
    expect(() => readSafetensors(writeSafetensors({ tensors, metadata: {} }).subarray(0, length))).toThrow()
  })

  it('refuses a file that lacks its last byte', () => {
    expect(() => readSafetensors(writeSafetensors({ tensors, metadata: {} }).subarray(0, -1))).toThrow(/not where the header says/)
  })
})
