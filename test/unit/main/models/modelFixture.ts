import type { ModelDescription } from '../../../../src/shared/domain/model.ts'
import { recipes } from '../../../../src/shared/domain/recipe.ts'
import { random } from '../../../../src/shared/stats/random.ts'
import type { Tensors } from '../../../../src/main/experiments/safetensors.ts'
import { expectedTensors } from '../../../../src/main/models/expectedTensors.ts'

/** A description such as a run writes. */
export const description: ModelDescription = {
  variant: 'full',
  length: 52,
  cellTypes: ['HepG2', 'K562'],
  ambiguousBases: 'zeros',
  strands: 'forward',
  adapters: { treatment: 'keep', prefix: 'AGGACC', suffix: 'TGAACC' },
  target: { kind: 'log2', statistics: null },
  recipe: recipes.seed,
  seed: 1,
  epochs: 20,
  epochOfWeights: 20,
  dataset: { name: 'small', fingerprint: 'f', elements: 240, rows: 456, simulated: false },
  split: {
    name: 'By group, seed 1',
    kind: 'group',
    seed: 1,
    settings: {},
    fingerprint: 'a'.repeat(64),
    sizes: { train: 168, validation: 36, test: 36 },
  },
  engine: 'tensorflow on CPU',
  versions: { tensorflow: '2.20.0' },
  machine: { processor: 'Some processor', cores: 2, memoryGiB: 8, platform: 'linux x64', gpu: null },
  earlier: [],
  notes: [],
  trainedAt: '2026-01-02T03:04:05.000Z',
  testPearson: 0.5,
}

/** Tensors of the right names and shapes. */
export function tensorsFor(described: ModelDescription): Record<string, Tensors[string]> {
  const source = random(1)
  return Object.fromEntries(
    [...expectedTensors(described)].map(([name, shape]) => {
      const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => source.uniform())
      return [name, { shape, values }]
    }),
  )
}
