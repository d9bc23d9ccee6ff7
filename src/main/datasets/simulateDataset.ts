import { createHash } from 'node:crypto'
import type { StageProgress } from '../../shared/contract/calls/inputs.ts'
import { importDecisionsSchema } from '../../shared/domain/importing.ts'
import { codesOf } from '../../shared/dna/bases.ts'
import type { WritableDatabase } from '../db/database.ts'
import { refuseTakenName } from '../db/datasets.ts'
import { breather, type Breathe } from './breathe.ts'
import { ImportContent } from './importing/importContent.ts'
import { PreparedContent } from './importing/selectElements.ts'
import { storeImport } from './importing/storeImport.ts'
import { unmatchedIn } from './simulation/encodeFiles.ts'
import { simulatedCellTypes } from './simulation/motifEffects.ts'
import { simulateRows, simulateStrayRows, type SimulatedRow } from './simulation/simulateAssay.ts'
import { simulateElements, simulateUnmeasured } from './simulation/simulateElements.ts'

const MINIMUM_BARCODES = 10
const FILE = 'simulated'

export interface Simulation {
  readonly name: string
  readonly elements: number
  readonly seed: number
}

/** What a simulation needs from outside. */
export interface SimulationContext {
  readonly database: WritableDatabase
  /** Where unfinished work may lie. */
  readonly uploadsFolder: string
  readonly now: () => Date
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((value: StageProgress) => void) | undefined
}

/**
 * Makes the simulated dataset of science.md and stores it, marked as simulated, by the same way as an import.
 *
 * @returns the dataset's id
 */
export async function simulateDataset(
  { name, elements, seed }: Simulation,
  { database, uploadsFolder, now, signal, progress = () => {} }: SimulationContext,
): Promise<number> {
  refuseTakenName(database, name)
  const breathe = breather(signal)
  const content = await simulateContent({ elements, seed }, breathe, progress)
  return storeImport(
    await PreparedContent.of(content, breathe),
    {
      name,
      simulated: true,
      decisions: importDecisionsSchema.parse({ minimumBarcodes: MINIMUM_BARCODES }),
      origin: { kind: 'simulation', elements, seed },
    },
    { database, scratchFolder: uploadsFolder, now, breathe, progress },
  )
}

async function simulateContent(
  { elements, seed }: Pick<Simulation, 'elements' | 'seed'>,
  breathe: Breathe,
  progress: (value: StageProgress) => void,
): Promise<ImportContent> {
  const content = new ImportContent()
  const { library } = content
  const file = content.fileNumber(FILE)
  const { unmeasured, strays } = unmatchedIn({ elements, seed })
  let line = 0
  let rows = 0
  const add = ({ name, sequence }: { name: string; sequence: string }) => {
    const number = library.numberOf(name)
    library.addSequence(number, { sequence, codes: codesOf(sequence), file: FILE, line: ++line })
    return number
  }
  const measure = (number: number, cellType: number, { replicate, log2, barcodes }: SimulatedRow) => {
    const assay = content.assay(simulatedCellTypes[cellType]!)
    assay.countsBarcodes = true
    assay.mention(number)
    rows++
    const activity = Math.fround(log2)
    if (Number.isFinite(activity)) assay.replicate(String(replicate)).putActivity(number, activity, barcodes, { file, line })
    else assay.notFinite.add(number, file, line)
  }
  for (const element of simulateElements(elements, seed)) {
    const number = add(element)
    for (const cellType of simulatedCellTypes.keys())
      for (const row of simulateRows(element, number, cellType, seed)) measure(number, cellType, row)
    if (number % 64 === 0) {
      progress({ stage: 'Simulating', done: number, total: elements })
      await breathe()
    }
  }
  for (const entry of simulateUnmeasured(unmeasured, seed)) add(entry)
  for (const cellType of simulatedCellTypes.keys()) {
    for (const row of simulateStrayRows(strays, cellType, seed)) {
      line++
      measure(library.numberOf(row.name), cellType, row)
    }
  }
  const recipe = JSON.stringify({ simulated: 1, elements, seed })
  content.files.push({
    name: FILE,
    role: `simulated with the seed ${seed}`,
    rows,
    sha256: createHash('sha256').update(recipe).digest('hex'),
  })
  return content
}
