import type { ComparableSet, Comparison } from '../domain/comparison.ts'
import type { MeasureName } from '../domain/measures.ts'

/** What a comparison's numbers are of. */
export interface ComparedNumbers {
  readonly kind: ComparableSet['kind']
  readonly measure: MeasureName
  readonly cellTypes: readonly string[]
  /** The most seeds that a model was trained with; 0 where none was trained for this, as an ensemble. */
  readonly seeds: number
}

/**
 * What to bear in mind when reading a comparison's numbers, a sentence each. Correlations over pooled folds are a little lower than
 * those within a fold (Forman & Scholz 2010, doi 10.1145/1882471.1882479).
 */
export function comparisonNotes({ kind, measure, cellTypes, seeds }: ComparedNumbers): string[] {
  const isCorrelation = measure === 'pearson' || measure === 'spearman'
  return [
    ...(kind === 'folds'
      ? [
          `Every element is predicted by the one model of its folds that has not seen it${isCorrelation ? '; that these models differ in level and scale takes a little from a correlation over all of them' : ''}.`,
        ]
      : []),
    ...(cellTypes.length > 1 && (isCorrelation || measure === 'r2')
      ? [
          'Over all rows it counts as well that one cell type is more active than another: a model that is told the cell type can gain by that alone.',
        ]
      : []),
    ...(seeds === 1 ? ['Each model was trained with one seed: what another seed would change is not in the intervals.'] : []),
    ...(seeds > 1
      ? ['The intervals tell how much hangs on which sequences were tested; how much hangs on the seed, the SD over seeds tells.']
      : []),
  ]
}

/** The most seeds of a model in a comparison. */
export function mostSeeds(lines: Comparison['lines']): number {
  return Math.max(0, ...lines.filter(({ ensemble }) => ensemble === null).map(({ members }) => members.length))
}
