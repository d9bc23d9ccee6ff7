import { openDatabase } from '../../../src/main/db/openDatabase.ts'
import { saveEpoch } from '../../../src/main/db/epochs.ts'
import { saveMeasures } from '../../../src/main/db/results.ts'
import { createExperiment } from '../../../src/main/db/runs.ts'
import { recipes } from '../../../src/shared/domain/recipe.ts'
import type { RunState } from '../../../src/shared/domain/run.ts'
import { variants } from '../../../src/shared/domain/variants.ts'
import { random } from '../../../src/shared/stats/random.ts'

const states: readonly RunState[] = ['completed', 'completed', 'completed', 'completed', 'cancelled', 'failed', 'interrupted']

/**
 * Fills a workspace that no workbench has open with runs that have ended, as somebody's who has worked in it for a year; they
 * have curves and measures, and no weights. Every tenth has the tag `paper`.
 *
 * @param split of the dataset that they are of
 * @returns their ids
 */
export function fillRuns(
  workspace: string,
  { dataset, split, count }: { dataset: number; split: number; count: number },
): readonly number[] {
  const database = openDatabase(workspace)
  const chance = random(1)
  try {
    return database.transaction(() => {
      const ids: number[] = []
      for (let seed = 1; ids.length < count; seed++) {
        const recipe = { ...recipes[seed % 3 === 0 ? 'seed' : 'default'], epochs: 5 + (seed % 4) }
        const runs = variants.slice(0, count - ids.length).map((variant) => ({ variant, seed }))
        ids.push(
          ...createExperiment(database, { dataset, split, recipe, runs, createdAt: new Date(Date.UTC(2026, 0, 1, seed)).toISOString() }),
        )
      }
      const end = database.prepare(
        `UPDATE runs SET state = ?, queue_position = NULL, started_at = created_at, finished_at = created_at,
           engine = 'tensorflow on CPU', message = ?, tags = ? WHERE id = ?`,
      )
      for (const [i, id] of ids.entries()) {
        const state = states[chance.integer(states.length)]!
        end.run(
          state,
          state === 'failed' ? 'The loss is not a number any more after epoch 3.' : null,
          i % 10 === 0 ? '["paper"]' : '[]',
          id,
        )
        for (let epoch = 1; epoch <= 3; epoch++) {
          const pearson = 0.5 - 0.3 / epoch + 0.02 * chance.normal()
          const [trainLoss, validationLoss] = [0.6 + 1 / epoch, 0.7 + 1 / epoch]
          const point = { epoch, trainLoss, validationLoss, validationPearson: pearson, learningRate: 0.01 / epoch, seconds: 1.5 }
          saveEpoch(database, id, { ...point, cellTypePearsons: [pearson - 0.1, pearson, pearson + 0.1] }, 40_000 + 1000 * chance.normal())
        }
        if (state !== 'completed') continue
        const pearson = 0.5 + 0.05 * chance.normal()
        const measures = { n: 300, mse: 0.6, rmse: 0.77, mae: 0.6, pearson, spearman: pearson - 0.03, r2: pearson ** 2 }
        saveMeasures(database, id, 'test', new Map(['HepG2', 'K562', 'WTC11', 'all'].map((cellType) => [cellType, measures])))
      }
      return ids
    })
  } finally {
    database.close()
  }
}
