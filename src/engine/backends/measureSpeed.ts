import { recipes } from '../../shared/domain/recipe.ts'
import { random } from '../../shared/stats/random.ts'
import { fullyMeasured } from '../training/epochBatches.ts'
import { freshStanding } from '../training/packedState.ts'
import { Trainer } from '../training/trainer.ts'
import { variantDefinitions } from '../variants/definitions.ts'
import type { Backend } from './backend.ts'

const TRIAL_MILLISECONDS = 300

/** Training rows (sequence × cell type) a second of `embedding` on 230-bp sequences and three cell types, over a fraction of a second. */
export async function measureSpeed(backend: Backend): Promise<number> {
  const recipe = recipes.seed
  const [length, cellTypes, size] = [230, 3, Math.min(recipe.batchSize, backend.scoringBatch)]
  const source = random(1)
  const codes = Uint8Array.from({ length: size * length }, () => 1 << source.integer(4))
  const batch = fullyMeasured(codes, length, Float32Array.from({ length: size * cellTypes }, source.normal))
  const { state } = freshStanding(variantDefinitions.embedding.parameters(cellTypes), 1)
  const trainer = new Trainer(backend, { variant: 'embedding', recipe, seed: 1, length, cellTypes }, state)
  try {
    // The first step compiles, the second is still slow in TensorFlow.
    for (let warmUp = 0; warmUp < 2; warmUp++) await trainer.step(batch, recipe.learningRate)
    const began = performance.now()
    let rows = 0
    do {
      await trainer.step(batch, recipe.learningRate)
      rows += batch.rows
    } while (performance.now() - began < TRIAL_MILLISECONDS)
    return (rows / (performance.now() - began)) * 1000
  } finally {
    trainer.dispose()
  }
}
