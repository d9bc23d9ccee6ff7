import { parts, type Part } from '../../shared/domain/split.ts'

/** Element indices of each part, in the dataset's order. @param assignment index in `parts` of each element */
export function partsOfSplit(assignment: Uint8Array): Record<Part, Int32Array> {
  const indices = parts.map((): number[] => [])
  assignment.forEach((part, element) => indices[part]!.push(element))
  return Object.fromEntries(parts.map((part, code) => [part, Int32Array.from(indices[code]!)])) as Record<Part, Int32Array>
}
