import { createHash } from 'node:crypto'
import { codesOf } from '../../shared/dna/bases.ts'
import { storeDataset, type ImportContext } from './importDataset.ts'
import { Library } from './library.ts'
import { Measurements } from './measurements.ts'
import { unmatchedIn } from './simulation/encodeFiles.ts'
import { simulatedCellTypes } from './simulation/motifEffects.ts'
import { simulateRows, simulateStrayRows } from './simulation/simulateAssay.ts'
import { simulateElements, simulateUnmeasured } from './simulation/simulateElements.ts'

const MINIMUM_BARCODES = 10

/**
 * Makes the simulated dataset of science.md and stores it, marked as simulated, by the same way as an import.
 *
 * @returns the dataset's id
 */
export async function simulateDataset(
  { name, elements, seed }: { readonly name: string; readonly elements: number; readonly seed: number },
  context: ImportContext,
): Promise<number> {
  const file = 'simulated'
  return storeDataset(name, true, context, async (breathe, progress) => {
    const library = new Library(file)
    const measurements = simulatedCellTypes.map((cellType) => new Measurements(cellType, file, true))
    const { unmeasured, strays } = unmatchedIn({ elements, seed })
    let line = 0
    const add = (entry: { name: string; sequence: string }) => library.add({ ...entry, codes: codesOf(entry.sequence), line: ++line })
    for (const element of simulateElements(elements, seed)) {
      const number = add(element)
      for (const [cellType, rows] of measurements.entries()) {
        for (const { replicate, log2, barcodes } of simulateRows(element, number, cellType, seed))
          rows.add(number, String(replicate), log2, barcodes, line)
      }
      if (number % 64 === 0) {
        progress({ stage: 'Simulating', done: number, total: elements })
        await breathe()
      }
    }
    for (const entry of simulateUnmeasured(unmeasured, seed)) add(entry)
    for (const [cellType, rows] of measurements.entries()) {
      for (const row of simulateStrayRows(strays, cellType, seed))
        rows.add(library.numberOf(row.name), String(row.replicate), row.log2, row.barcodes, ++line)
    }
    const recipe = JSON.stringify({ simulated: 1, elements, seed })
    const files = [
      {
        name: file,
        role: `simulated with the seed ${seed}`,
        rows: measurements.reduce((sum, rows) => sum + rows.names.length, 0),
        sha256: createHash('sha256').update(recipe).digest('hex'),
      },
    ]
    return { library, measurements, minimumBarcodes: MINIMUM_BARCODES, files }
  })
}
