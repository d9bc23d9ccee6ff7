import type { Scan } from '../../../shared/domain/scan.ts'
import { stateWords } from '../../text/states.ts'

/** Scans by a column of their list; without one as they come, the newest first. */
export function sortScans(scans: readonly Scan[], sort: { readonly by: string; readonly descending: boolean } | null): readonly Scan[] {
  if (!sort) return scans
  const valueOf = (scan: Scan): string | number => {
    switch (sort.by) {
      case 'model':
        return scan.models[0]!.name
      case 'state':
        return stateWords[scan.state].word
      case 'scored':
        return scan.scored
      case 'skipped':
        return scan.skipped
      case 'createdAt':
        return scan.createdAt
      default:
        return scan.name
    }
  }
  const order = (a: Scan, b: Scan) => {
    const [x, y] = [valueOf(a), valueOf(b)]
    return typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en', { numeric: true })
  }
  return [...scans].sort((a, b) => (sort.descending ? order(b, a) : order(a, b)) || b.id - a.id)
}
