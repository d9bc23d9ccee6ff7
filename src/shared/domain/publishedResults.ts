import type { MeasureName } from './measures.ts'
import type { Variant } from './variants.ts'

/**
 * What the seed project reports for its recipe on ENCODE's joint library of HepG2, K562 and WTC11: 25,641 test rows, all
 * cell types together, split by name. Another library than a user's own, so to be shown as published, never as reproduced.
 */
export const publishedResults: {
  readonly testRows: number
  readonly allCellTypes: Readonly<Record<Variant, Readonly<Record<MeasureName, number>>>>
  /** Of the variant `embedding`. */
  readonly embeddingByCellType: Readonly<Record<string, Readonly<Record<'pearson' | 'spearman' | 'r2', number>>>>
} = {
  testRows: 25_641,
  allCellTypes: {
    baseline: { mse: 0.632, rmse: 0.795, mae: 0.6072, pearson: 0.4335, spearman: 0.3701, r2: 0.1859 },
    embedding: { mse: 0.5911, rmse: 0.7688, mae: 0.5769, pearson: 0.4889, spearman: 0.48, r2: 0.2387 },
    attention: { mse: 0.6475, rmse: 0.8047, mae: 0.608, pearson: 0.4081, spearman: 0.3618, r2: 0.166 },
    full: { mse: 0.5952, rmse: 0.7715, mae: 0.5788, pearson: 0.4859, spearman: 0.4678, r2: 0.2333 },
  },
  embeddingByCellType: {
    HepG2: { pearson: 0.341, spearman: 0.337, r2: 0.113 },
    K562: { pearson: 0.433, spearman: 0.371, r2: 0.186 },
    WTC11: { pearson: 0.523, spearman: 0.488, r2: 0.271 },
  },
}
