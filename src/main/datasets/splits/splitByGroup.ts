import { parts, type Shares } from '../../../shared/domain/split.ts'
import { dealGroups } from './dealGroups.ts'
import type { Assignment, SplitContent } from './splitContent.ts'

/** The split that does not leak: whole groups to each part by its share of the elements, stratified by activity. Seeded. */
export function splitByGroup(
  content: Pick<SplitContent, 'groups' | 'activities'>,
  { seed, shares }: { readonly seed: number; readonly shares: Shares },
): Assignment {
  const { binOf, count } = dealGroups(
    content,
    seed,
    parts.map((part) => shares[part]),
  )
  return { parts: Uint8Array.from(content.groups, (group) => binOf[group]!), groups: count }
}
