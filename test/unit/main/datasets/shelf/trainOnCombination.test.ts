import { expect, it } from 'vitest'
import { breather } from '../../../../../src/main/datasets/breathe.ts'
import { storeDerived } from '../../../../../src/main/datasets/shelf/storeDerived.ts'
import { openDatabase } from '../../../../../src/main/db/openDatabase.ts'
import { temporaryFolder } from '../../temporaryFolder.ts'
import { openSmall, shortRecipe } from '../../support/smallWorkspace.ts'
import { contentOf, now, sequenceOf } from './shelfFixtures.ts'

const EACH = 160
const SHARED = 60

/** Two libraries that share some sequences under other names, each measured in a cell type of its own. */
async function storeParents(folder: string): Promise<number[]> {
  const database = openDatabase(folder)
  const activity = (sequence: string) => sequence.split('G').length / 6 - 1.5
  const library = (name: string, from: number, cellType: string, factor: number) =>
    storeDerived(
      database,
      {
        ...contentOf(
          Array.from({ length: EACH }, (_, i) => {
            const sequence = sequenceOf(from + i, 48)
            return { name: `${name} ${i}`, sequence, activities: { [cellType]: factor * activity(sequence) } }
          }),
        ),
        name,
        simulated: false,
        createdAt: now().toISOString(),
        origin: { kind: 'simulation', elements: EACH, seed: 1 },
      },
      breather(),
    )
  const parents = [await library('first', 0, 'HepG2', 1), await library('second', EACH - SHARED, 'WTC11', -2)]
  database.close()
  return parents
}

/** Trains on a dataset for a few epochs, the workbench opened for it alone, and gives all that came out in numbers. */
async function train(folder: string, dataset: number) {
  const { workbench, calls, until } = await openSmall(folder)
  try {
    const [run] = await calls.experiments.launch({
      dataset,
      split: { kind: 'group', seed: 1 },
      variants: ['embedding'],
      recipe: shortRecipe,
      seeds: [5],
    })
    const { state, message } = await until(run!.id, 'completed', 'failed')
    expect([state, message]).toEqual(['completed', null])
    const { curve, testPearson } = await calls.experiments.run({ id: run!.id })
    return [testPearson, ...curve.map(({ trainLoss, validationLoss, validationPearson }) => [trainLoss, validationLoss, validationPearson])]
  } finally {
    await workbench.close()
  }
}

/** Puts other bytes where a value is missing, in the very database. @returns how many */
function replaceMissing(folder: string, dataset: number, bits: number): number {
  const database = openDatabase(folder)
  let replaced = 0
  for (const { position, activities } of database
    .prepare<{ position: number; activities: Uint8Array }>('SELECT position, activities FROM cell_types WHERE dataset = ?')
    .all(dataset)) {
    const view = new DataView(activities.buffer, activities.byteOffset, activities.byteLength)
    for (let at = 0; at < view.byteLength; at += 4) {
      if (!Number.isNaN(view.getFloat32(at, true))) continue
      view.setUint32(at, bits, true)
      replaced++
    }
    database.prepare('UPDATE cell_types SET activities = ? WHERE dataset = ? AND position = ?').run(activities, dataset, position)
  }
  database.close()
  return replaced
}

it('trains on a combination as if its missing values were not there, whatever stands in their place', async () => {
  const folder = temporaryFolder()
  const parents = await storeParents(folder)
  const { workbench, calls } = await openSmall(folder)
  const { id, elements, rows } = await calls.datasets.combine({ parents, elements: 'all', name: 'both' })
  await workbench.close()
  expect({ elements, rows }).toEqual({ elements: 2 * EACH - SHARED, rows: 2 * EACH })

  const trained = await train(folder, id)
  expect(trained).toHaveLength(1 + shortRecipe.epochs)
  const missing = 2 * (EACH - SHARED)
  // Another NaN: its sign and its payload differ.
  expect(replaceMissing(folder, id, 0xffc12345)).toBe(missing)
  expect(await train(folder, id)).toEqual(trained)
  // A number there is a measurement, and is trained on: what is masked is the NaN, and nothing else.
  expect(replaceMissing(folder, id, 0x3f800000)).toBe(missing)
  expect(await train(folder, id)).not.toEqual(trained)
})
