import jaspar from '../../../../resources/motifs/jaspar2018.json' with { type: 'json' }

/** The cell types of the simulated assay, in the order of every list of effects. */
export const simulatedCellTypes = ['HepG2', 'K562', 'WTC11'] as const

/** What an element has in common before any motif, how much its GC content adds (per unit), and how noisy the assay is. */
export const cellTypeModel = [
  { base: -0.6, perGc: 4, noise: 0.9 },
  { base: -0.9, perGc: 4.5, noise: 1.1 },
  { base: -0.2, perGc: 3.5, noise: 1.15 },
] as const

/**
 * What one site adds to log2(RNA/DNA) in HepG2, K562 and WTC11. Invented: the simulation's truth, not a measurement. The other
 * matrices of `resources/motifs` are not planted, so that a search for motifs has something to be wrong about.
 */
const effects: Readonly<Record<string, readonly [number, number, number]>> = {
  HNF1A: [1.3, 0, 0],
  Hnf4a: [1.1, 0.05, 0],
  CEBPA: [0.9, 0.15, 0.1],
  Gata1: [0, 1.1, 0.05],
  'GATA1::TAL1': [0, 1.3, 0],
  Klf1: [0.2, 0.8, 0.2],
  'Pou5f1::Sox2': [0, 0, 1.6],
  Sox2: [0, 0, 1.1],
  TEAD1: [0.2, 0.1, 0.9],
  SP1: [0.4, 0.4, 0.5],
  NRF1: [0.6, 0.7, 0.6],
  'FOS::JUN': [0.7, 0.9, 0.5],
  REST: [-0.9, -0.9, -0.8],
}

/** The motifs that work mainly in one cell type, in the order of the cell types, and those that work in all. */
export const programs: readonly (readonly string[])[] = [
  ['HNF1A', 'Hnf4a', 'CEBPA'],
  ['Gata1', 'GATA1::TAL1', 'Klf1'],
  ['Pou5f1::Sox2', 'Sox2', 'TEAD1'],
  ['SP1', 'NRF1', 'FOS::JUN', 'REST'],
]

/** A motif that the simulation plants, with its effect in each simulated cell type. */
export interface PlantedMotif {
  readonly name: string
  /** Probabilities of A, C, G, T at each position. */
  readonly shares: readonly (readonly number[])[]
  readonly effects: readonly number[]
}

/** The matrices of `resources/motifs` (JASPAR 2018, CC BY 4.0) with the simulation's effects, by name. */
export const plantedMotifs: ReadonlyMap<string, PlantedMotif> = new Map(
  jaspar.motifs
    .filter(({ name }) => name in effects)
    .map(({ name, counts }) => [name, { name, shares: counts.map(shares), effects: effects[name]! }]),
)

function shares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0)
  return counts.map((count) => count / total)
}
