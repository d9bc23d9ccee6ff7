import { describe, expect, it } from 'vitest'
import { bytesField, floatField, intField, varint } from '../../../../src/engine/graph/protobuf.ts'

describe('the wire format', () => {
  // The examples of protobuf.dev/programming-guides/encoding.
  it('writes varints', () => {
    expect([...varint(0)]).toEqual([0])
    expect([...varint(150)]).toEqual([0x96, 0x01])
    expect([...varint(-2)]).toEqual([0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01])
  })

  it('writes fields', () => {
    expect([...intField(1, 150)]).toEqual([0x08, 0x96, 0x01])
    expect([...bytesField(2, 'testing')]).toEqual([0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67])
    expect([...bytesField(3, [intField(1, 150)])]).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01])
    expect([...floatField(4, 1)]).toEqual([0x25, 0, 0, 0x80, 0x3f])
  })
})
