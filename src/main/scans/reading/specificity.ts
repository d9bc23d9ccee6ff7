import type { ScanColumn } from '../../../shared/domain/scan.ts'

/** Score minus the mean over the model's other cell types, by column; null where it has one. */
export function specificity(columns: readonly ScanColumn[], scores: readonly number[]): (number | null)[] {
  return columns.map(({ model }, c) => {
    const others = scores.filter((_, o) => o !== c && columns[o]!.model === model)
    return others.length === 0 ? null : scores[c]! - others.reduce((sum, score) => sum + score, 0) / others.length
  })
}
