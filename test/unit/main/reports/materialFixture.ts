import type { ReportMaterial } from '../../../../src/main/reports/reportMaterial.ts'
import { examinationSchema } from '../../../../src/shared/domain/examination.ts'
import { recipes } from '../../../../src/shared/domain/recipe.ts'
import { runDetailSchema, type RunDetail } from '../../../../src/shared/domain/run.ts'
import type { Split } from '../../../../src/shared/domain/split.ts'
import type { Variant } from '../../../../src/shared/domain/variants.ts'

/** Names as they come: with what HTML, TeX, XML and PDF each take for something else, and letters of four scripts. */
export const ODD_NAME = 'Größe <b>"α & β"</b> №1 中文 \\ $x_1$'
export const CELL_TYPES = ['HepG2', 'K562 <wild>']

const split: Split = {
  id: 7,
  dataset: 3,
  name: 'By group, seed 1',
  kind: 'group',
  seed: 1,
  settings: { kind: 'group', seed: 1, shares: { train: 0.7, validation: 0.15, test: 0.15 } },
  createdAt: '2026-01-02T03:04:05.000Z',
  sizes: { train: 700, validation: 150, test: 150 },
  groups: 900,
  leakage: { exact: 0, reverseComplement: 0, overlap: 0 },
  audit: [],
  experiments: 1,
}

const run = (id: number, variant: Variant, seed: number): RunDetail =>
  runDetailSchema.parse({
    id,
    experiment: 1,
    dataset: 3,
    datasetName: ODD_NAME,
    split: 7,
    splitKind: 'group',
    splitName: split.name,
    splitSeed: 1,
    variant,
    recipe: recipes.seed,
    seed,
    name: id === 1 ? ODD_NAME : '',
    notes: '',
    tags: [],
    starred: false,
    binnedAt: null,
    state: 'completed',
    createdAt: '2026-01-02T03:04:05.000Z',
    startedAt: '2026-01-02T03:04:06.000Z',
    finishedAt: '2026-01-02T03:05:06.000Z',
    engine: 'tensorflow on CPU',
    epochs: 2,
    seconds: 60,
    rowsPerSecond: 1000,
    message: null,
    testPearson: 0.5,
    curve: [1, 2].map((epoch) => ({
      epoch,
      trainLoss: 1 / epoch,
      validationLoss: 1.5 / epoch,
      validationPearson: 0.2 * epoch,
      learningRate: 1e-4,
      seconds: 30,
      cellTypePearsons: [0.1, 0.2],
    })),
    cellTypes: CELL_TYPES,
    parameters: 1500,
    versions: { tensorflow: '2.9.1' },
    provenance: {
      machine: { processor: 'A processor', cores: 2, memoryGiB: 8, platform: 'linux x64', gpu: null },
      earlier: [],
      notes: ['Its batches were halved.'],
      datasetFingerprint: 'f'.repeat(64),
      splitFingerprint: 'e'.repeat(64),
    },
    reproduces: null,
  })

const runs = [run(1, 'baseline', 1), run(2, 'baseline', 2), run(3, 'embedding', 1)]
const places = [...CELL_TYPES, 'all']
const lines = [
  { key: 'a', label: 'baseline', variant: 'baseline' as const, ensemble: null, members: [1, 2].map((seed) => ({ seed, runs: [seed] })) },
  { key: 'b', label: 'embedding', variant: 'embedding' as const, ensemble: null, members: [{ seed: 1, runs: [3] }] },
]
const bins = { from: -2, width: 0.5, count: 8 }
const density = (x: string, y: string) => ({
  x,
  y,
  n: 150,
  r: 0.512345,
  bins,
  counts: Int32Array.from({ length: 64 }, (_, i) => (i % 9 === 0 ? 18 : 0)),
  outside: 0,
})
const residual = (label: string) => ({
  label,
  n: 75,
  mean: 0.1,
  percentiles: [-1, -0.5, 0.05, 0.6, 1.2] as [number, number, number, number, number],
})

/** All that a report says, two models in two cell types, with numbers that are each different. */
export function makeMaterial(): ReportMaterial {
  let next = 0
  const number = () => 0.1 + 0.00137 * ++next
  return {
    question: '',
    comparison: {
      dataset: 3,
      cellTypes: CELL_TYPES,
      target: 'log2',
      sets: [{ key: 's', kind: 'test', label: split.name, target: 'log2', runs: [1, 2, 3], elements: 150 }],
      set: 's',
      testElements: 150,
      groups: 140,
      ceilings: [0.91234, null],
      lines,
      rows: runs.flatMap(({ id, variant, seed }) =>
        places.map((cellType) => ({
          line: variant === 'baseline' ? 'a' : 'b',
          run: id,
          ensemble: null,
          variant,
          seed,
          cellType,
          n: cellType === 'all' ? 300 : 150,
          mse: number(),
          rmse: number(),
          mae: number(),
          pearson: cellType === 'HepG2' && id === 3 ? null : number(),
          spearman: number(),
          r2: -number(),
        })),
      ),
      leftOut: [{ run: 9, ensemble: null, reason: 'Not trained to its end yet.' }],
    },
    certainty: {
      measure: 'pearson',
      resamples: 1000,
      seed: 1,
      groups: 140,
      cells: lines.flatMap(({ key }) =>
        places.map((cellType) => ({
          line: key,
          cellType,
          n: 150,
          mean: number(),
          sd: key === 'a' ? number() : null,
          low: number(),
          high: number(),
          best: key === 'b',
        })),
      ),
      pairs: places.map((cellType) => ({
        a: 'a',
        b: 'b',
        cellType,
        difference: -number(),
        low: -number(),
        high: number(),
        better: cellType === 'all' ? 'b' : null,
      })),
      verdicts: places.map((cellType) => ({ cellType, sentence: `embedding beats baseline in ${cellType} by 0.089.` })),
    },
    curves: runs.map(({ id, variant, curve }) => ({ run: id, line: variant === 'baseline' ? 'a' : 'b', curve })),
    examinations: lines.map(({ key, label }) =>
      examinationSchema.parse({
        line: key,
        label,
        cellTypes: CELL_TYPES.map((cellType) => ({
          cellType,
          density: density('measured', 'predicted'),
          calibration: [0, 1, 2].map((i) => ({ predicted: i, measured: i + 0.1, standardError: 0.05, n: 50 })),
          byActivity: [residual('lowest'), residual('highest')],
          byGc: [residual('40 to 50 %')],
          byMotif: [],
        })),
        differences: [{ first: CELL_TYPES[0], second: CELL_TYPES[1], density: density('measured', 'predicted') }],
      }),
    ),
    dataset: {
      id: 3,
      name: ODD_NAME,
      createdAt: '2026-01-02T03:04:05.000Z',
      simulated: false,
      elements: 1000,
      rows: 1900,
      length: 230,
      cellTypes: CELL_TYPES.map((name, i) => ({
        name,
        measured: 950,
        replicates: 2,
        mean: 0.1,
        sd: 1.2,
        replicateR: i === 0 ? 0.8 : null,
        ceiling: i === 0 ? 0.91234 : null,
      })),
      minimumBarcodes: 10,
      fingerprint: 'f'.repeat(64),
      unmatched: { sequences: 3, activities: 4 },
      notes: '',
      tags: [],
      starred: false,
      binnedAt: null,
      adapters: { prefix: 'AGGACCGGATCAACT', suffix: 'CATTGCGTGAACCGA', known: true },
      report: {
        files: [{ name: 'library <1>.fa', role: 'sequences', rows: 1003, sha256: 'd'.repeat(64) }],
        unmatched: { sequences: { count: 3, first: ['x'] }, activities: { count: 4, first: ['y'] }, activitiesByCellType: {} },
        belowMinimumBarcodes: 12,
        notes: [{ kind: 'ambiguous-letters', message: 'Two elements have an N.', count: 2, examples: [] }],
      },
      splits: [split],
      distributions: {},
    },
    origin: null,
    splits: [split],
    runs,
    ensembles: [],
    filter: null,
    madeAt: '2026-03-04T05:06:07.000Z',
    versions: { workbench: '1.2.3' },
  }
}
