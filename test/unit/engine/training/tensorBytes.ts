import type { Model } from '../../../../src/shared/contract/engine.ts'

/** Everything that a training leaves, as bytes. */
export function bytesOf(tensors: Model['tensors']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { values }]) => [
      name,
      Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex'),
    ]),
  )
}
