import type { Adapters, ImportReport } from '../../shared/domain/dataset.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { StageProgress } from '../../shared/contract/calls.ts'
import { noiseCeiling } from '../../shared/stats/noiseCeiling.ts'
import type { AssembledCellType } from './assembledCellType.ts'
import type { Breathe } from './breathe.ts'
import { classifySequences } from './classifySequences.ts'
import { cutEachAdapter, findAdapters } from './findAdapters.ts'
import { fingerprint } from './fingerprint.ts'
import { groupSequences } from './groupSequences.ts'
import { importNotes } from './importNotes.ts'
import type { Library } from './library.ts'
import type { Measurements } from './measurements.ts'
import { tabulate, type Tabulated } from './tabulate.ts'

/** A dataset that is ready to be stored. */
export interface AssembledDataset {
  /** In the order of their names, so that the order of the files' rows leaves no trace. */
  readonly elements: readonly { readonly name: string; readonly sequence: string; readonly group: number }[]
  readonly cellTypes: readonly AssembledCellType[]
  readonly rows: number
  readonly length: number
  readonly minimumBarcodes: number
  readonly adapters: Adapters
  readonly fingerprint: string
  readonly report: ImportReport
  readonly unmatched: {
    readonly sequences: readonly string[]
    readonly activities: ReadonlyMap<string, readonly string[]>
  }
}

export interface Assembly {
  readonly library: Library
  readonly measurements: readonly Measurements[]
  readonly minimumBarcodes: number
  readonly files: ImportReport['files']
}

const FIRST_NAMES = 10

/**
 * Joins sequences and activities by name, byte for byte.
 *
 * @throws WorkbenchError where a file of activities and the sequences have no name in common, or no activity is left
 */
export async function assembleDataset(
  { library, measurements, minimumBarcodes, files }: Assembly,
  breathe: Breathe,
  progress: (value: StageProgress) => void,
): Promise<AssembledDataset> {
  const tables: Tabulated[] = []
  for (const rows of measurements) {
    progress({ stage: 'Matching names', done: tables.length, total: measurements.length })
    await breathe()
    refuseStrangers(rows, library)
    tables.push(tabulate(rows, library, minimumBarcodes))
  }
  const asked = measurements.some(({ countsBarcodes }) => countsBarcodes) ? minimumBarcodes : 0
  await breathe()
  const elements = elementNumbers(library, tables)
  if (elements.length === 0) throw nothingLeft(measurements, asked)
  const sequences = Array.from(elements, (number) => library.sequences[number]!)
  await breathe()
  const adapters = findAdapters(sequences.map(({ codes }) => codes))
  const classes = await classifySequences(
    sequences.map(({ codes }) => cutEachAdapter(codes, adapters)),
    breathe,
  )
  const groups = await groupSequences(classes, breathe, (done) =>
    progress({ stage: 'Finding related sequences', done, total: classes.representatives.length }),
  )
  const cellTypes: AssembledCellType[] = []
  for (const table of tables) {
    await breathe()
    cellTypes.push(assembleCellType(table, elements, asked))
  }
  await breathe()
  const unmatched = unmatchedNames(library, tables, elements)
  await breathe()
  const notes = importNotes({ library, tables, elements, classes, minimumBarcodes: asked })
  await breathe()
  return {
    elements: sequences.map(({ name, sequence }, i) => ({ name, sequence, group: groups[i]! })),
    cellTypes,
    rows: cellTypes.reduce((sum, { measured }) => sum + measured, 0),
    length: sequences.reduce((longest, { codes }) => Math.max(longest, codes.length), 0),
    minimumBarcodes: asked,
    adapters,
    fingerprint: await fingerprint({ minimumBarcodes: asked, elements: sequences, cellTypes }, breathe),
    report: {
      files,
      unmatched: {
        sequences: side(unmatched.sequences),
        activities: side(inNameOrder(new Set([...unmatched.activities.values()].flat()))),
        activitiesByCellType: Object.fromEntries([...unmatched.activities].map(([cellType, names]) => [cellType, side(names)])),
      },
      belowMinimumBarcodes: tables.reduce((sum, { below }) => sum + below.rows, 0),
      notes,
    },
    unmatched,
  }
}

function elementNumbers(library: Library, tables: readonly Tabulated[]): Int32Array {
  const measured = library.sequences.filter((_, number) => tables.some(({ means }) => !Number.isNaN(means[number])))
  const names = inNameOrder(measured.map(({ name }) => name))
  return Int32Array.from(names, (name) => library.numberOf(name))
}

function assembleCellType(table: Tabulated, elements: Int32Array, minimumBarcodes: number): AssembledCellType {
  const gather = (from: Float64Array) => Float32Array.from(elements, (number) => from[number]!)
  const activities = gather(table.means)
  const replicates = table.replicates.map((name, replicate) => ({
    name,
    activities: gather(table.activities[replicate]!),
    barcodes: table.barcodes ? Int32Array.from(elements, (number) => table.barcodes![replicate]![number]!) : null,
  }))
  const counted = replicates.map(({ activities: values, barcodes }) =>
    barcodes && minimumBarcodes > 0 ? values.map((value, i) => (barcodes[i]! < minimumBarcodes ? Number.NaN : value)) : values,
  )
  return { name: table.cellType, activities, replicates, ...meanAndSd(activities), ...noiseCeiling(counted) }
}

/** Mean and sample standard deviation (n − 1) of what was measured. */
function meanAndSd(activities: Float32Array): { measured: number; mean: number | null; sd: number | null } {
  const measured = activities.filter((value) => !Number.isNaN(value))
  if (measured.length === 0) return { measured: 0, mean: null, sd: null }
  const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length
  const squares = measured.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { measured: measured.length, mean, sd: measured.length > 1 ? Math.sqrt(squares / (measured.length - 1)) : null }
}

function unmatchedNames(library: Library, tables: readonly Tabulated[], elements: Int32Array): AssembledDataset['unmatched'] {
  const isElement = new Uint8Array(library.sequences.length)
  for (const number of elements) isElement[number] = 1
  const without = library.sequences.filter((_, number) => isElement[number] === 0).map(({ name }) => name)
  return {
    sequences: inNameOrder(without),
    activities: new Map(tables.map((table) => [table.cellType, inNameOrder(table.unmatched.map((number) => library.nameOf(number)))])),
  }
}

function side(names: readonly string[]) {
  return { count: names.length, first: names.slice(0, FIRST_NAMES) }
}

/** By code units, as strings sort by themselves: the same everywhere, whatever the language of the machine. */
function inNameOrder(names: Iterable<string>): string[] {
  return [...names].sort()
}

function refuseStrangers(rows: Measurements, library: Library): void {
  if (rows.names.some((name) => library.isMatched(name))) return
  const [row] = rows.names
  const [sequence] = library.sequences
  throw new WorkbenchError(
    'invalid-input',
    `No name in ${rows.file} is the name of a sequence in ${library.file}. There, names look like ${row === undefined ? 'nothing' : library.nameOf(row)}; here, like ${sequence?.name ?? 'nothing'}.`,
    {
      file: rows.file,
      line: rows.lines[0],
      hint: 'Choose the sequences and the activities of the same library: names must agree letter by letter.',
    },
  )
}

function nothingLeft(measurements: readonly Measurements[], minimumBarcodes: number): WorkbenchError {
  const files = [...new Set(measurements.map(({ file }) => file))].join(', ')
  const enough = minimumBarcodes > 0 ? ` with at least ${minimumBarcodes} barcodes` : ''
  return new WorkbenchError('invalid-input', `No sequence has an activity${enough} in ${files}.`, {
    file: measurements[0]?.file,
    hint: minimumBarcodes > 0 ? 'Ask for fewer barcodes, or choose other files.' : 'Choose other files.',
  })
}
