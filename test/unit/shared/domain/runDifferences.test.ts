import { describe, expect, it } from 'vitest'
import { recipes } from '../../../../src/shared/domain/recipe.ts'
import type { Epoch, RunDetail } from '../../../../src/shared/domain/run.ts'
import { differences } from '../../../../src/shared/domain/runDifferences.ts'

const epoch = (number: number, validationPearson: number | null, more: Partial<Epoch> = {}): Epoch => ({
  epoch: number,
  trainLoss: 1 / number,
  validationLoss: 0.5,
  validationPearson,
  learningRate: 0.001,
  seconds: 2,
  cellTypePearsons: [validationPearson, 0.25],
  ...more,
})
const run: RunDetail = {
  id: 1,
  experiment: 1,
  dataset: 1,
  datasetName: 'Joint library',
  split: 1,
  splitKind: 'group',
  splitName: 'By group, seed 1',
  splitSeed: 1,
  variant: 'embedding',
  recipe: recipes.default,
  seed: 1,
  name: '',
  notes: '',
  tags: [],
  starred: false,
  binnedAt: null,
  state: 'completed',
  createdAt: '2026-01-02T03:04:05.000Z',
  startedAt: '2026-01-02T03:04:05.000Z',
  finishedAt: '2026-01-02T03:05:05.000Z',
  engine: 'tensorflow on CPU',
  epochs: 2,
  seconds: 4,
  rowsPerSecond: 100_000,
  message: null,
  testPearson: 0.75,
  curve: [epoch(1, 0.5), epoch(2, 0.4)],
  cellTypes: ['HepG2', 'K562'],
  parameters: 3000,
  versions: { tensorflow: '2.20.0' },
  provenance: {
    machine: { processor: 'AMD EPYC', cores: 2, memoryGiB: 24, platform: 'linux x64', gpu: null },
    earlier: [],
    notes: [],
    datasetFingerprint: 'a'.repeat(64),
    splitFingerprint: 'b'.repeat(64),
  },
  reproduces: null,
}
const rowsOf = (a: RunDetail, b: RunDetail, heading: string) => differences(a, b).find((part) => part.heading === heading)!.rows

describe('differences', () => {
  it('finds none between a run and itself, nor in what a person says of it', () => {
    const again = { ...run, id: 2, name: 'again', notes: 'x', tags: ['y'], starred: true, reproduces: 1 }
    for (const other of [run, again]) {
      expect(differences(run, other).map(({ heading }) => heading)).toEqual(['Configuration', 'Data', 'Trained by', 'Result'])
      expect(differences(run, other).flatMap(({ rows }) => rows)).toEqual([])
    }
  })

  it('names settings and choices as the page does, those without effect left out', () => {
    const other: RunDetail = {
      ...run,
      variant: 'full',
      seed: 7,
      recipe: { ...recipes.default, optimizer: 'sgd', momentum: 0.5, huberDelta: 9, reverseComplement: false, learningRate: 0.0001 },
    }
    expect(rowsOf(run, other, 'Configuration')).toEqual([
      { label: 'Variant', a: 'embedding', b: 'full' },
      { label: 'Seed', a: '1', b: '7' },
      { label: 'Optimiser', a: 'AdamW', b: 'SGD' },
      { label: 'Momentum', a: '–', b: '0.5' },
      { label: 'Learning rate', a: '0.02', b: '0.0001' },
      { label: 'Reverse-complement augmentation', a: 'on', b: 'off' },
    ])
  })

  it('tells data by name and by content', () => {
    const renamed = { ...run, datasetName: 'Same library' }
    expect(rowsOf(run, renamed, 'Data')).toEqual([{ label: 'Dataset', a: 'Joint library', b: 'Same library' }])
    const changed = { ...run, provenance: { ...run.provenance!, datasetFingerprint: 'c'.repeat(64) } }
    expect(rowsOf(run, changed, 'Data')).toEqual([{ label: 'Content of the dataset', a: 'aaaaaaaaaaaa', b: 'cccccccccccc' }])
    // Of a run that has not begun the content is not known to differ.
    expect(rowsOf(run, { ...run, provenance: null }, 'Data')).toEqual([])
  })

  it('compares results at the best epoch of each, in the cell types of both', () => {
    const other: RunDetail = {
      ...run,
      testPearson: null,
      state: 'interrupted',
      cellTypes: ['K562', 'WTC11'],
      curve: [epoch(1, null, { cellTypePearsons: [] }), epoch(2, 0.6, { cellTypePearsons: [0.125, null] }), epoch(3, 0.6)],
    }
    expect(rowsOf(run, other, 'Result')).toEqual([
      { label: 'Test Pearson r', a: '0.750', b: '–' },
      { label: 'Best validation Pearson r', a: '0.500', b: '0.600' },
      { label: 'Best epoch', a: '1', b: '2' },
      { label: 'Validation Pearson r in K562, best epoch', a: '0.250', b: '0.125' },
      { label: 'Last training loss', a: '0.5000', b: '0.3333' },
    ])
  })

  it('tells engines, versions and machines, and is the same the other way round', () => {
    const other: RunDetail = {
      ...run,
      engine: 'webgpu on some GPU',
      versions: { webgpu: '0.4.0' },
      provenance: { ...run.provenance!, machine: { ...run.provenance!.machine, gpu: 'some GPU' }, notes: ['Batches were halved.'] },
    }
    const trainedBy = rowsOf(run, other, 'Trained by')
    expect(trainedBy).toEqual([
      { label: 'Engine', a: 'tensorflow on CPU', b: 'webgpu on some GPU' },
      { label: 'Version of tensorflow', a: '2.20.0', b: '–' },
      { label: 'Version of webgpu', a: '–', b: '0.4.0' },
      { label: 'GPU', a: 'none', b: 'some GPU' },
      { label: 'What the engine did otherwise', a: '–', b: 'Batches were halved.' },
    ])
    expect(rowsOf(other, run, 'Trained by')).toEqual(trainedBy.map(({ label, a, b }) => ({ label, a: b, b: a })))
  })
})
