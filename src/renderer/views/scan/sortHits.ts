import type { MotifHit } from '../../../shared/domain/locus.ts'

/** Matches whose motif, matrix or family holds the search, in the order that is asked for; what is equal stays as it was. */
export function sortHits(
  hits: readonly MotifHit[],
  search: string,
  sort: { readonly by: string; readonly descending: boolean } | null,
): MotifHit[] {
  const text = search.trim().toLowerCase()
  const found = hits.filter(({ motif, id, family }) => [motif, id, family].some((word) => word.toLowerCase().includes(text)))
  if (!sort) return found
  const by = sort.by as keyof MotifHit
  const order = (a: MotifHit, b: MotifHit) => {
    const [x, y] = [a[by], b[by]]
    return typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en', { numeric: true })
  }
  return found.sort((a, b) => (sort.descending ? order(b, a) : order(a, b)))
}
