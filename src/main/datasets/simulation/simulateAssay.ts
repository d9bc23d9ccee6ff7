import { random } from '../../../shared/stats/random.ts'
import { cellTypeModel } from './motifEffects.ts'
import type { SimulatedElement } from './simulateElements.ts'

export const REPLICATES = 3

/** One row of a simulated assay: an element in a replicate of a cell type. */
export interface SimulatedRow {
  readonly name: string
  readonly replicate: number
  readonly dna: number
  readonly rna: number
  readonly log2: number
  readonly barcodes: number
}

/** Barcodes an element and replicate: log-normal, the median 45, some below the usual minimum of 10. */
const BARCODES = { median: 45, elementSd: 0.45, replicateSd: 0.5 }
const ENOUGH_BARCODES = 10
/**
 * Noise of a replicate: a part that barcodes do not average out, and a part per barcode (SD, log2). Replicates then agree at r of
 * about .6 and a model can reach .85 to .9, as in a middling lentiMPRA.
 */
const NOISE = { fixed: 1.1, perBarcode: 5 }
const MISSING_CELL_TYPE = 0.04
const MISSING_REPLICATE = 0.01

/**
 * Measures an element in one cell type: three replicates whose noise shrinks with their barcodes, a few of them absent, and
 * now and then none at all. The first replicate of the first cell type always counts, so that no element is lost.
 *
 * @param number the element's own, so that its rows depend on nothing else
 */
export function* simulateRows(
  { name, truth }: Pick<SimulatedElement, 'name' | 'truth'>,
  number: number,
  cellType: number,
  seed: number,
): Generator<SimulatedRow> {
  const ofElement = random(seed, 3, number)
  const abundance = BARCODES.elementSd * ofElement.normal()
  const missing = ofElement.uniform() < MISSING_CELL_TYPE ? 1 + ofElement.integer(cellTypeModel.length - 1) : 0
  if (cellType > 0 && cellType === missing) return
  for (let replicate = 1; replicate <= REPLICATES; replicate++) {
    const source = random(seed, 4, number, cellType, replicate)
    const counts = cellType === 0 && replicate === 1
    const drawn = Math.max(1, Math.round(BARCODES.median * Math.exp(abundance + BARCODES.replicateSd * source.normal())))
    const barcodes = counts ? Math.max(ENOUGH_BARCODES, drawn) : drawn
    if (source.uniform() < MISSING_REPLICATE && !counts) continue
    const sd = cellTypeModel[cellType]!.noise * Math.hypot(NOISE.fixed, NOISE.perBarcode / Math.sqrt(barcodes))
    const log2 = truth[cellType]! + sd * source.normal()
    const dna = 0.2 * Math.exp(0.4 * source.normal())
    yield { name, replicate, dna, rna: dna * 2 ** log2, log2, barcodes }
  }
}

/** Rows of names that are not in the library; some names are in every cell type, some in one. */
export function* simulateStrayRows(count: number, cellType: number, seed: number): Generator<SimulatedRow> {
  for (let number = 0; number < count; number++) {
    const name = `HepG2_DNasePeakNoPromoter${number % 2 === 0 ? 800_000 + number : 900_000 + cellType * 10_000 + number}`
    const source = random(seed, 5, number, cellType)
    const truth = cellTypeModel.map(({ base }) => base + 0.8 * source.normal())
    yield* simulateRows({ name, truth }, 2 ** 31 + number, 0, seed)
  }
}
