import { recipes } from '../../../src/shared/domain/recipe.ts'
import type { Run } from '../../../src/shared/domain/run.ts'

/** A run as the core tells it, for tests of what is shown of it. */
export function runFixture(id: number, other: Partial<Run> = {}): Run {
  return {
    id,
    experiment: 1,
    dataset: 1,
    datasetName: 'Joint library',
    split: 1,
    splitKind: 'group',
    splitName: 'By group, seed 1',
    splitSeed: 1,
    variant: 'full',
    recipe: recipes.default,
    seed: 1,
    name: '',
    notes: '',
    tags: [],
    starred: false,
    binnedAt: null,
    state: 'completed',
    createdAt: '2026-01-01T00:00:00Z',
    startedAt: null,
    finishedAt: null,
    engine: null,
    epochs: 0,
    seconds: 0,
    rowsPerSecond: null,
    message: null,
    testPearson: null,
    ...other,
  }
}
