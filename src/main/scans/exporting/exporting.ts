import type { ScoreQuery } from '../../../shared/domain/scan.ts'
import type { Breathe } from '../../datasets/breathe.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import type { StoredScan } from '../../db/scans.ts'

/** What every export works with. */
export interface Exporting {
  readonly database: ReadableDatabase
  readonly scan: StoredScan
  readonly query: ScoreQuery
  readonly breathe: Breathe
  readonly progress: (done: number, total: number) => void
}
