import { toBlob } from '../db/vectors.ts'
import type { Tensors } from './safetensors.ts'

/** Whether two networks of one form have the same weights to the last bit, and the largest difference between two of the same place. */
export function compareWeights(one: Tensors, other: Tensors): { readonly equal: boolean; readonly largestDifference: number } {
  const names = Object.keys(one)
  if (names.length !== Object.keys(other).length) throw new RangeError('the networks are not of one form')
  let equal = true
  let largestDifference = 0
  for (const name of names) {
    const [a, b] = [one[name]!, other[name]]
    if (!b || a.shape.join() !== b.shape.join()) throw new RangeError(`the networks are not of one form: ${name}`)
    equal &&= Buffer.compare(toBlob(a.values), toBlob(b.values)) === 0
    a.values.forEach((value, i) => (largestDifference = Math.max(largestDifference, Math.abs(value - b.values[i]!))))
  }
  return { equal, largestDifference }
}
