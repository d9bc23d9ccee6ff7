import type { Score, ScoreQuery } from '../../../shared/domain/scan.ts'
import type { Breathe } from '../../datasets/breathe.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import type { StoredScan } from '../../db/scans.ts'
import { asksForNothing, queryScores } from '../reading/queryScores.ts'
import { rowReader } from '../reading/rowReader.ts'

/** The sequences that a query keeps, one by one in the file's order, and how many there are. */
export async function keptRecords(database: ReadableDatabase, scan: StoredScan, query: ScoreQuery, breathe: Breathe) {
  const rowAt = rowReader(database, scan)
  const all = asksForNothing({ ...query, sort: null })
  const positions = all ? null : await queryScores(database, scan, { ...query, sort: null }, breathe)
  const total = positions?.length ?? scan.scored
  async function* records(): AsyncGenerator<Score> {
    for (let i = 0; i < total; i++) {
      yield rowAt(positions ? positions[i]! : i)
      if (i % 256 === 0) await breathe()
    }
  }
  return { total, records: records() }
}
