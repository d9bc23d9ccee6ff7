import jaspar from '../../../../resources/motifs/jaspar2018.json' with { type: 'json' }

/** The cell types of the simulated assay, in the order of every list of effects. */
export const simulatedCellTypes = ['HepG2', 'K562', 'WTC11'] as const

/** What an element has in common before any motif, how much its GC content adds (per unit), and how noisy the assay is. */
export const cellTypeModel = [
  { base: -0.6, perGc: 2.5, noise: 1 },
  { base: -0.9, perGc: 3, noise: 1.3 },
  { base: -0.2, perGc: 2, noise: 1.1 },
] as const

/** What one site adds to log2(RNA/DNA) in HepG2, K562 and WTC11. Invented: the simulation's truth, not a measurement. */
const effects: Readonly<Record<string, readonly [number, number, number]>> = {
  Hnf4a: [1.1, 0.05, 0],
  HNF1A: [1.2, 0, 0],
  CEBPA: [0.8, 0.15, 0.1],
  Foxa2: [0.7, 0, 0.2],
  Gata1: [0, 1, 0.05],
  'GATA1::TAL1': [0, 1.1, 0],
  Klf1: [0.2, 0.8, 0.3],
  NFE2: [0.2, 1, 0.2],
  'Pou5f1::Sox2': [0, 0, 1.2],
  Sox2: [0, 0, 0.8],
  TEAD1: [0.3, 0.1, 0.8],
  SP1: [0.5, 0.5, 0.6],
  NRF1: [0.6, 0.7, 0.6],
  Gabpa: [0.6, 0.8, 0.5],
  'FOS::JUN': [0.7, 0.9, 0.5],
  YY1: [0.3, 0.3, 0.3],
  REST: [-0.9, -0.9, -0.8],
  CTCF: [-0.1, 0, 0],
}

/** The motifs that work mainly in one cell type, in the order of the cell types, and those that work in all. */
export const programs: readonly (readonly string[])[] = [
  ['Hnf4a', 'HNF1A', 'CEBPA', 'Foxa2'],
  ['Gata1', 'GATA1::TAL1', 'Klf1', 'NFE2'],
  ['Pou5f1::Sox2', 'Sox2', 'TEAD1'],
  ['SP1', 'NRF1', 'Gabpa', 'FOS::JUN', 'YY1', 'REST', 'CTCF'],
]

/** A motif that the simulation plants, with its effect in each simulated cell type. */
export interface PlantedMotif {
  readonly name: string
  /** Running sums of the base probabilities of A, C, G, T at each position. */
  readonly cumulative: readonly (readonly number[])[]
  readonly effects: readonly number[]
}

/** The matrices of `resources/motifs` (JASPAR 2018, CC BY 4.0) with the simulation's effects, by name. */
export const plantedMotifs: ReadonlyMap<string, PlantedMotif> = new Map(
  jaspar.motifs.map(({ name, counts }) => [name, { name, cumulative: counts.map(runningShares), effects: effects[name]! }]),
)

function runningShares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0)
  let sum = 0
  return counts.map((count) => (sum += count) / total)
}
