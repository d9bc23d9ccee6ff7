import { createHash } from 'node:crypto'
import { toBlob } from '../db/vectors.ts'
import type { Tensors } from './safetensors.ts'

/**
 * SHA-256, in hex, over tensors in the order of their names: of each a line `name dtype shape`, as `head.0.bias F32 8` or
 * `head.0.weight F32 8,16`, ended by a line feed, then its values, little-endian. Equal for the very same weights and for
 * nothing else, whatever stands around them in a file.
 */
export function digestTensors(tensors: Tensors): string {
  const hash = createHash('sha256')
  for (const name of Object.keys(tensors).sort()) {
    const { shape, values } = tensors[name]!
    hash.update(`${name} F32 ${shape.join(',')}\n`).update(toBlob(values))
  }
  return hash.digest('hex')
}
