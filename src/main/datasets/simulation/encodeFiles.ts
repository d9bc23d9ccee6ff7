import { random, shuffle } from '../../../shared/stats/random.ts'
import { simulatedCellTypes } from './motifEffects.ts'
import { simulateRows, simulateStrayRows, type SimulatedRow } from './simulateAssay.ts'
import { simulateElements, simulateUnmeasured } from './simulateElements.ts'

/** How large a simulated library is. */
export interface SimulatedLibrarySize {
  readonly elements: number
  readonly seed: number
  /** Sequences without activities; 2 % of the elements when not said. */
  readonly unmeasured?: number
  /** Names without sequences in each cell type; 1 % of the elements when not said. */
  readonly strays?: number
}

/** How many names stand on one side only. */
export function unmatchedIn({
  elements,
  unmeasured = Math.max(3, Math.round(elements / 50)),
  strays = Math.max(3, Math.round(elements / 100)),
}: SimulatedLibrarySize) {
  return { unmeasured, strays }
}

/**
 * A simulated library as ENCODE would serve it: a FASTA file and a table a cell type
 * (`condition replicate name dna_count rna_count ratio log2 n_obs_bc`), everything in shuffled order.
 */
export function encodeFiles(size: SimulatedLibrarySize): { fasta: string; activities: { cellType: string; tsv: string }[] } {
  const { elements, seed } = size
  const { unmeasured, strays } = unmatchedIn(size)
  const library = [...simulateElements(elements, seed)]
  const records = [...library, ...simulateUnmeasured(unmeasured, seed)].map(({ name, sequence }) => `>${name}\n${sequence}\n`)
  const activities = simulatedCellTypes.map((cellType, index) => {
    const rows: string[] = []
    for (const [number, element] of library.entries())
      for (const row of simulateRows(element, number, index, seed)) rows.push(asLine(cellType, row))
    for (const row of simulateStrayRows(strays, index, seed)) rows.push(asLine(cellType, row))
    const header = 'condition\treplicate\tname\tdna_count\trna_count\tratio\tlog2\tn_obs_bc\n'
    return { cellType, tsv: header + shuffle(rows, random(seed, 6, index)).join('') }
  })
  return { fasta: shuffle(records, random(seed, 7)).join(''), activities }
}

function asLine(cellType: string, { name, replicate, dna, rna, log2, barcodes }: SimulatedRow): string {
  return `${[cellType, replicate, name, digits(dna), digits(rna), digits(rna / dna), digits(log2), barcodes].join('\t')}\n`
}

/** Fifteen significant digits, as in ENCODE's files. */
function digits(value: number): string {
  return String(Number(value.toPrecision(15)))
}
