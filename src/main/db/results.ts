import type { Measures } from '../../shared/domain/measures.ts'
import type { Part } from '../../shared/domain/split.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { float32FromBlob, toBlob } from './vectors.ts'

/** Keeps a run's measures on one part, by cell type (`all` for all rows together). */
export function saveMeasures(database: WritableDatabase, run: number, part: Part, measures: ReadonlyMap<string, Measures>): void {
  const insert = database.prepare(
    'INSERT OR REPLACE INTO measures (run, part, cell_type, n, mse, rmse, mae, pearson, spearman, r2) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  for (const [cellType, m] of measures) insert.run(run, part, cellType, m.n, m.mse, m.rmse, m.mae, m.pearson, m.spearman, m.r2)
}

/** A run's measures on one part, by cell type. */
export function readMeasures(database: ReadableDatabase, run: number, part: Part): Map<string, Measures> {
  const rows = database
    .prepare<Measures & { cellType: string }>(
      'SELECT cell_type AS cellType, n, mse, rmse, mae, pearson, spearman, r2 FROM measures WHERE run = ? AND part = ?',
    )
    .all(run, part)
  return new Map(rows.map(({ cellType, ...measures }) => [cellType, measures]))
}

/** Keeps a run's predictions on one part, in units of its target: [elements of the part, cell types], in the dataset's order. */
export function savePredictions(database: WritableDatabase, run: number, part: Part, predicted: Float32Array): void {
  database.prepare('INSERT OR REPLACE INTO predictions (run, part, predicted) VALUES (?, ?, ?)').run(run, part, toBlob(predicted))
}

/** What {@link savePredictions} kept, or undefined where the run has none. */
export function readPredictions(database: ReadableDatabase, run: number, part: Part): Float32Array | undefined {
  const row = database.prepare<{ predicted: Uint8Array }>('SELECT predicted FROM predictions WHERE run = ? AND part = ?').get(run, part)
  return row && float32FromBlob(row.predicted)
}
