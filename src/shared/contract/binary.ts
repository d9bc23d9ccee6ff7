import { z } from 'zod'

/** Typed arrays that cross a channel as they are; shapes are said where they are used. */
export const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'expected bytes')
export const int32Schema = z.custom<Int32Array>((value) => value instanceof Int32Array, 'expected 32-bit integers')
export const float32Schema = z.custom<Float32Array>((value) => value instanceof Float32Array, 'expected 32-bit floats')
