import { defineStore } from 'pinia'
import { reactive } from 'vue'
import type { PeakRule } from '../../shared/domain/locus.ts'
import { scoreQuerySchema, type Scan, type ScoreQuery } from '../../shared/domain/scan.ts'

/** How a person looks at a scan: what the table is asked for, which columns it has, and by which rule peaks are called. */
export interface ScanLook {
  query: ScoreQuery
  /** Keys of the table's columns that are shown; null for those that are shown by themselves. */
  columns: readonly string[] | null
  /** The row of the table on top. */
  row: number
  rule: PeakRule
  /** Key of the column whose histogram is drawn. */
  histogram: string
}

/** Kept while the workbench's page is open, so that coming back from a sequence finds the table as it was left. */
export const useScanLooks = defineStore('scanLooks', () => {
  const looks = new Map<number, ScanLook>()
  const lookAt = (scan: Pick<Scan, 'id' | 'columns' | 'options'>): ScanLook => {
    const known = looks.get(scan.id)
    if (known) return known
    const column = scan.columns[0]!.key
    const look = reactive<ScanLook>({
      query: scoreQuerySchema.parse({}),
      columns: null,
      row: 0,
      rule: { column, percentile: 95, against: scan.options.shuffled > 0 ? 'shuffled' : 'windows', mergeDistance: 100 },
      histogram: column,
    })
    looks.set(scan.id, look)
    return look
  }
  return { lookAt }
})
