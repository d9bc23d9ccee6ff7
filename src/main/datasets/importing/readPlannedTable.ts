import type { StageProgress } from '../../../shared/contract/calls/inputs.ts'
import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { PlannedTable } from '../../../shared/domain/importing.ts'
import type { TableMapping } from '../../../shared/domain/mapping.ts'
import { withTable, type OpenedTable } from '../../files/openTable.ts'
import { checkSequence } from '../../files/readFasta.ts'
import { readNumber } from '../../files/readNumber.ts'
import type { Breathe } from '../breathe.ts'
import type { Assay } from './assay.ts'
import { grown } from './growing.ts'
import { CountKinds } from './countKinds.ts'
import { assayOf, type ImportContent } from './importContent.ts'
import { readRegion } from './readRegion.ts'
import { resolveMapping, type MeasuredColumns, type ResolvedMapping } from './resolveMapping.ts'

const MOST_BARCODES = 2 ** 31 - 1

/** Where the sequences come from, as a table's rows need to know it. */
export type SequenceKind = 'fasta' | 'table' | 'regions'

/** What a table was found to hold, for the checks that need all files. */
export interface ReadTable {
  readonly file: string
  readonly rows: number
  readonly sha256: string
  readonly sheet: string | null
  /** The cell types in its rows. */
  readonly cellTypes: readonly string[]
  /** Whether its column of cell types holds several, of which one was asked for. */
  readonly isOneOfSeveral: boolean
  /** 1 for each name in it, by number. */
  readonly names: Uint8Array
  readonly firstLine: number
}

/** Reads a table into what an import holds. @throws WorkbenchError that names file and line */
export function readPlannedTable(
  { source, sheet, mapping }: PlannedTable,
  sequences: SequenceKind,
  content: ImportContent,
  uploadsFolder: string,
  breathe: Breathe,
  progress: (value: StageProgress) => void,
): Promise<ReadTable> {
  return withTable(source, uploadsFolder, { sheet, header: mapping.header }, async (table) => {
    const reader = new RowReader(table, mapping, sequences, content)
    let rows = 0
    for await (const batch of table.batches) {
      // A sheet comes in large batches.
      for (let from = 0; from < batch.rows.length; from += 4096) {
        const to = Math.min(batch.rows.length, from + 4096)
        for (let i = from; i < to; i++) reader.read(batch.rows[i]!, batch.lines[i]!)
        await breathe()
      }
      rows += batch.rows.length
      progress({ stage: `Reading ${table.source.name}`, done: table.source.bytesRead(), total: table.source.size })
    }
    if (rows === 0) {
      const file = table.source.name
      throw new WorkbenchError('invalid-input', `${file} has a header and no rows.`, { file, hint: 'Choose another file.' })
    }
    return { ...reader.finish(), file: table.source.name, rows, sha256: table.source.sha256(), sheet: table.sheet }
  })
}

class RowReader {
  readonly #file: string
  readonly #fileNumber: number
  readonly #header: readonly string[]
  readonly #mapping: TableMapping
  readonly #at: ResolvedMapping
  readonly #sequences: SequenceKind
  readonly #content: ImportContent
  /** Those of the whole import, or, where the table's cell type is known only at its end, its own. */
  readonly #assays: Map<string, Assay>
  readonly #seenCellTypes = new Set<string>()
  #names = new Uint8Array(0)
  readonly #kinds: CountKinds
  #firstLine = 0
  #line = 0

  constructor(table: OpenedTable, mapping: TableMapping, sequences: SequenceKind, content: ImportContent) {
    this.#file = table.source.name
    this.#fileNumber = content.fileNumber(this.#file)
    this.#header = table.header
    this.#mapping = mapping
    this.#at = resolveMapping(mapping, table.header, this.#file, table.headerLine)
    this.#sequences = sequences
    this.#content = content
    this.#kinds = new CountKinds(table.header, this.#file, mapping)
    this.#assays = this.#asksForOneOfSeveral ? new Map<string, Assay>() : content.assays
  }

  get #asksForOneOfSeveral(): boolean {
    return this.#at.cellType >= 0 && this.#mapping.cellType !== undefined
  }

  read(row: readonly string[], line: number): void {
    const { library } = this.#content
    this.#line = line
    this.#kinds.look(row)
    const number = library.numberOf(this.#nameOf(row))
    if (this.#firstLine === 0) this.#firstLine = line
    if (number >= this.#names.length) this.#names = grown(this.#names, number, 0)
    const isKnown = this.#names[number] === 1
    this.#names[number] = 1
    if (this.#sequences === 'table' && this.#at.sequence >= 0) this.#readSequence(number, row[this.#at.sequence]!, isKnown)
    if (this.#sequences === 'regions' && this.#at.chromosome >= 0) this.#readRegion(number, row)
    for (const { at, column } of this.#at.labels) this.#content.label(column).set(number, row[at]!.trim())
    if (this.#at.chromosome >= 0) this.#content.label(this.#header[this.#at.chromosome]!).set(number, row[this.#at.chromosome]!.trim())
    for (const columns of this.#at.measured) this.#readMeasured(number, row, columns)
  }

  /** What is known once all rows were read; puts rows where they belong that only now are known to. */
  finish(): Pick<ReadTable, 'cellTypes' | 'isOneOfSeveral' | 'names' | 'firstLine'> {
    const seen = [...this.#seenCellTypes]
    const wanted = this.#mapping.cellType
    const ends = { names: this.#names, firstLine: this.#firstLine }
    if (!this.#asksForOneOfSeveral || wanted === undefined) return { ...ends, cellTypes: seen, isOneOfSeveral: false }
    const isOneOfSeveral = seen.length > 1
    const assay = this.#assays.get(isOneOfSeveral ? wanted : (seen[0] ?? wanted))
    if (!assay) {
      throw new WorkbenchError('invalid-input', `${this.#file} holds rows of ${seen.join(', ')}, and none of ${wanted}.`, {
        file: this.#file,
        hint: 'Choose it once for each cell type, under the names that its column of cell types has.',
      })
    }
    this.#content.assay(wanted).take(assay)
    return { ...ends, cellTypes: [wanted], isOneOfSeveral }
  }

  #nameOf(row: readonly string[]): string {
    const { name: at, chromosome } = this.#at
    if (at >= 0) {
      const name = row[at]!
      // BED writes a point where there is no name.
      if (name === '.' && chromosome >= 0) return this.#regionOf(row)
      if (name === '' || name.trim() === '') throw this.#refuse(`the column ${this.#header[at]!} is empty.`)
      return name
    }
    return this.#regionOf(row)
  }

  #regionOf(row: readonly string[]): string {
    const { chromosome, start, end, strand } = this.#at
    return `${row[chromosome]!.trim()}:${row[start]!.trim()}-${row[end]!.trim()}${strand >= 0 ? `(${row[strand]!.trim()})` : ''}`
  }

  #readSequence(number: number, field: string, isKnown: boolean): void {
    const { library } = this.#content
    const sequence = field.trim()
    const known = library.sequences[number]
    const place = { file: this.#file, line: this.#line }
    // Most often a name comes again with the very letters, a row a replicate or a barcode.
    let isSame = known?.sequence === sequence
    if (!isSame) {
      const checked = checkSequence(sequence)
      if ('message' in checked) {
        library.notDna.push(library.placeOf(number, place, checked.message))
        return
      }
      isSame = library.addSequence(number, { sequence: Buffer.from(sequence).toString(), codes: checked.codes, ...place }) === 'same'
    }
    if (isSame && isKnown && !this.#repeatsNames) library.repeated.push(library.placeOf(number, place))
  }

  /** Whether a name is expected in several rows. */
  get #repeatsNames(): boolean {
    return this.#at.barcode >= 0 || this.#at.cellType >= 0 || this.#at.replicate >= 0
  }

  #readRegion(number: number, row: readonly string[]): void {
    const { regions, library } = this.#content
    const region = readRegion(row, this.#at, this.#mapping.firstBase, this.#file, this.#line)
    const known = regions.get(number)
    if (!known) {
      regions.set(number, region)
      return
    }
    const isSame =
      known.chromosome === region.chromosome && known.start === region.start && known.end === region.end && known.strand === region.strand
    if (!isSame)
      library.conflicts.set(number, [
        ...(library.conflicts.get(number) ?? [library.placeOf(number, known)]),
        library.placeOf(number, region),
      ])
  }

  #readMeasured(number: number, row: readonly string[], columns: MeasuredColumns): void {
    const cellType = columns.cellType ?? this.#cellTypeOf(row)
    const replicate = columns.replicate ?? (this.#at.replicate < 0 ? '' : row[this.#at.replicate]!.trim())
    const assay = assayOf(this.#assays, cellType)
    this.#seenCellTypes.add(cellType)
    assay.mention(number)
    assay.countsBarcodes ||= columns.barcodes !== null || this.#at.barcode >= 0
    const into = assay.replicate(replicate)
    const place = { file: this.#fileNumber, line: this.#line }
    const barcodes = columns.barcodes === null ? -1 : this.#barcodes(row, columns.barcodes)
    if (columns.activity !== null) {
      // What is stored is float32, in which 1e39 is infinite.
      const activity = Math.fround(this.#number(row, columns.activity))
      if (!Number.isFinite(activity)) assay.notFinite.add(number, this.#fileNumber, this.#line)
      else if (!into.putActivity(number, activity, barcodes, place)) assay.repeated.add(number, this.#fileNumber, this.#line)
      return
    }
    const dna = this.#count(row, columns.dna)
    const rna = this.#count(row, columns.rna)
    if (this.#at.barcode >= 0) into.addBarcode(number, dna, rna, place)
    else if ((columns.dna !== null && Number.isNaN(dna)) || (columns.rna !== null && Number.isNaN(rna)))
      assay.notFinite.add(number, this.#fileNumber, this.#line)
    else if (!into.putCounts(number, dna, rna, barcodes, place)) assay.repeated.add(number, this.#fileNumber, this.#line)
  }

  #cellTypeOf(row: readonly string[]): string {
    if (this.#at.cellType < 0) return this.#mapping.cellType ?? ''
    const cellType = row[this.#at.cellType]!.trim()
    if (cellType === '') throw this.#refuse(`the column ${this.#header[this.#at.cellType]!} is empty.`)
    return cellType
  }

  #number(row: readonly string[], at: number): number {
    return readNumber(row[at]!, () => ({ file: this.#file, line: this.#line, column: this.#header[at]! }), this.#mapping.decimal)
  }

  /** A count, which depth normalisation may have made no whole number; NaN where there is none. */
  #count(row: readonly string[], at: number | null): number {
    if (at === null) return Number.NaN
    const count = this.#number(row, at)
    if (count < 0 || count === Infinity) throw this.#refuse(`“${row[at]!}” in the column ${this.#header[at]!} is not a count.`)
    return count
  }

  #barcodes(row: readonly string[], at: number): number {
    const count = this.#number(row, at)
    if (Number.isNaN(count)) return -1
    if (count < 0 || count > MOST_BARCODES || !Number.isInteger(count))
      throw this.#refuse(`“${row[at]!}” in the column ${this.#header[at]!} is not a number of barcodes.`)
    return count
  }

  #refuse(message: string): WorkbenchError {
    return new WorkbenchError('invalid-input', `${this.#file}, line ${this.#line}: ${message}`, {
      file: this.#file,
      line: this.#line,
      hint: 'Mend that line and choose the file again.',
    })
  }
}
