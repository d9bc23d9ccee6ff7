import type { Epoch } from '../../shared/domain/run.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'

/** The learning curves of a run, in order. */
export function readCurve(database: ReadableDatabase, run: number): Epoch[] {
  return database
    .prepare<Omit<Epoch, 'cellTypePearsons'> & { cellTypePearsons: string }>(
      `SELECT epoch, train_loss AS trainLoss, validation_loss AS validationLoss, validation_pearson AS validationPearson,
         learning_rate AS learningRate, seconds, cell_type_pearsons AS cellTypePearsons
       FROM epochs WHERE run = ? ORDER BY epoch`,
    )
    .all(run)
    .map((epoch) => ({ ...epoch, cellTypePearsons: JSON.parse(epoch.cellTypePearsons) as (number | null)[] }))
}

/** Keeps an epoch and brings the run's own counters in line with its epochs. */
export function saveEpoch(database: WritableDatabase, run: number, epoch: Epoch, rowsPerSecond: number): void {
  database
    .prepare(
      `INSERT OR REPLACE INTO epochs
         (run, epoch, train_loss, validation_loss, validation_pearson, learning_rate, seconds, cell_type_pearsons)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      run,
      epoch.epoch,
      epoch.trainLoss,
      epoch.validationLoss,
      epoch.validationPearson,
      epoch.learningRate,
      epoch.seconds,
      JSON.stringify(epoch.cellTypePearsons),
    )
  database.prepare('UPDATE runs SET rows_per_second = ? WHERE id = ?').run(rowsPerSecond, run)
  countEpochs(database, run)
}

/** Forgets the epochs after one: those that will be trained again. */
export function dropEpochsAfter(database: WritableDatabase, run: number, epoch: number): void {
  database.prepare('DELETE FROM epochs WHERE run = ? AND epoch > ?').run(run, epoch)
  countEpochs(database, run)
}

function countEpochs(database: WritableDatabase, run: number): void {
  database
    .prepare(
      `UPDATE runs SET epochs = (SELECT coalesce(max(epoch), 0) FROM epochs WHERE run = runs.id),
         seconds = (SELECT coalesce(sum(seconds), 0) FROM epochs WHERE run = runs.id)
       WHERE id = ?`,
    )
    .run(run)
}
