import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode, encode } from '../../../../src/shared/rpc/codec.ts'

const finiteJson = fc.jsonValue({ maxDepth: 4 })
const binary = fc.oneof(fc.uint8Array(), fc.int32Array(), fc.float32Array(), fc.float64Array())

describe('codec', () => {
  it('gives back any JSON value', () => {
    fc.assert(
      fc.property(finiteJson, (value) => {
        expect(decode(encode(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('gives back typed arrays anywhere in a value, bit for bit', () => {
    fc.assert(
      fc.property(fc.array(binary), binary, finiteJson, (list, alone, rest) => {
        const decoded = decode(encode({ list, deep: { alone }, rest })) as { list: Uint8Array[]; deep: { alone: Uint8Array } }
        const bitsOf = (array: Uint8Array | Int32Array | Float32Array | Float64Array) => [
          array.constructor.name,
          ...new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
        ]
        expect(decoded.list.map(bitsOf)).toEqual(list.map(bitsOf))
        expect(bitsOf(decoded.deep.alone)).toEqual(bitsOf(alone))
      }),
    )
  })

  it('reads a message that lies anywhere within a larger buffer', () => {
    const message = encode({ floats: Float32Array.of(1.5, -2) })
    const buffer = new Uint8Array(message.length + 3)
    buffer.set(message, 3)
    expect(decode(buffer.subarray(3))).toEqual({ floats: Float32Array.of(1.5, -2) })
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d outside typed arrays', (value) => {
    expect(() => encode({ pearson: value })).toThrow('pearson is not a finite number')
  })

  it('refuses what it has no form for', () => {
    expect(() => encode(undefined)).toThrow(TypeError)
    expect(() => encode({ view: new DataView(new ArrayBuffer(8)) })).toThrow('DataView')
  })

  it('never crashes on damaged messages: it throws, or gives a value', () => {
    const message = encode({ floats: Float32Array.of(1, 2, 3), text: 'words' })
    fc.assert(
      fc.property(fc.nat(message.length), fc.nat(message.length - 1), fc.nat(255), (length, at, value) => {
        const damaged = message.slice(0, length)
        if (at < length) damaged[at] = value
        try {
          decode(damaged)
        } catch (fault) {
          expect(fault).toBeInstanceOf(Error)
        }
      }),
    )
  })

  it('says when arrays are cut off', () => {
    const message = encode({ floats: new Float32Array(100) })
    expect(() => decode(message.subarray(0, message.length - 4))).toThrow('cut short')
  })
})
