import { grown, RowList } from './growing.ts'

/** Where a row stands: the file's number in the import, and the line. */
export interface RowPlace {
  readonly file: number
  readonly line: number
}

/**
 * One replicate of a cell type, a number an element: no row is kept, so that ten million rows of counts take the memory of
 * their elements. Elements go by their numbers in the library.
 */
export class Replicate {
  /** log2(RNA/DNA) as float32, NaN where absent. */
  activities = new Float32Array(0)
  dna = new Float64Array(0)
  rna = new Float64Array(0)
  /** −1 where absent. */
  barcodes = new Int32Array(0)
  lines = new Int32Array(0)
  files = new Uint8Array(0)
  hasActivities = false
  hasDna = false
  hasRna = false
  #isPerBarcode = false
  #barcodesOfDna = new Int32Array(0)
  #barcodesOfRna = new Int32Array(0)

  /** Takes an activity. @returns false where there was one before; of two, the one with more barcodes stays, else the smaller */
  putActivity(number: number, activity: number, barcodes: number, place: RowPlace): boolean {
    if (number >= this.activities.length) this.#growActivities(number)
    const before = this.activities[number]!
    const isFirst = Number.isNaN(before)
    const had = this.barcodes[number]!
    // Which of two rows is kept must not depend on which comes first.
    if (!isFirst && (barcodes < had || (barcodes === had && activity >= before))) return false
    this.hasActivities = true
    this.activities[number] = activity
    this.barcodes[number] = barcodes
    this.#setPlace(number, place)
    return isFirst
  }

  /** Takes the counts of an element, NaN for what the row does not say. @returns false where there were some before; the larger stay */
  putCounts(number: number, dna: number, rna: number, barcodes: number, place: RowPlace): boolean {
    if (number >= this.dna.length) this.#growCounts(number)
    this.hasDna ||= !Number.isNaN(dna)
    this.hasRna ||= !Number.isNaN(rna)
    const [dnaBefore, rnaBefore, had] = [this.dna[number]!, this.rna[number]!, this.barcodes[number]!]
    const isAgain = !(Number.isNaN(dna) || Number.isNaN(dnaBefore)) || !(Number.isNaN(rna) || Number.isNaN(rnaBefore))
    if (isAgain && !isMore([barcodes, dna, rna], [had, dnaBefore, rnaBefore])) return false
    if (!Number.isNaN(dna)) this.dna[number] = dna
    if (!Number.isNaN(rna)) this.rna[number] = rna
    if (isAgain || barcodes > had) this.barcodes[number] = barcodes
    this.#setPlace(number, place)
    return !isAgain
  }

  /** Adds the counts of one barcode of an element. One whose DNA was not seen does not count as a barcode. */
  addBarcode(number: number, dna: number, rna: number, place: RowPlace): void {
    if (number >= this.dna.length) this.#growCounts(number)
    this.#barcodesOfDna = grown(this.#barcodesOfDna, number, 0)
    this.#barcodesOfRna = grown(this.#barcodesOfRna, number, 0)
    if (!Number.isNaN(dna)) {
      this.hasDna = true
      this.dna[number] = (Number.isNaN(this.dna[number]!) ? 0 : this.dna[number]!) + dna
      if (dna > 0) this.#barcodesOfDna[number]!++
    }
    if (!Number.isNaN(rna)) {
      this.hasRna = true
      this.rna[number] = (Number.isNaN(this.rna[number]!) ? 0 : this.rna[number]!) + rna
      if (rna > 0) this.#barcodesOfRna[number]!++
    }
    if (this.lines[number] === 0) this.#setPlace(number, place)
    this.#isPerBarcode = true
  }

  /** Counts of barcodes from rows: those whose DNA was seen, or, where DNA comes from elsewhere, whose RNA was. */
  settleBarcodes(): void {
    if (this.#isPerBarcode) this.barcodes = this.hasDna ? this.#barcodesOfDna : this.#barcodesOfRna
  }

  /** Takes over the rows of another replicate. @returns those that were here already */
  *take(other: Replicate): Generator<RowPlace & { readonly number: number }> {
    this.#isPerBarcode ||= other.#isPerBarcode
    for (let number = 0; number < other.lines.length; number++) {
      const place = { file: other.files[number]!, line: other.lines[number]! }
      if (place.line === 0) continue
      if (other.#isPerBarcode) {
        this.addBarcode(number, other.dna[number]!, other.rna[number]!, place)
        // One of its barcodes was counted by adding them together.
        this.#barcodesOfDna[number]! += (other.#barcodesOfDna[number] ?? 0) - (other.dna[number]! > 0 ? 1 : 0)
        this.#barcodesOfRna[number]! += (other.#barcodesOfRna[number] ?? 0) - (other.rna[number]! > 0 ? 1 : 0)
        continue
      }
      const isFirst = other.hasActivities
        ? this.putActivity(number, other.activities[number]!, other.barcodes[number]!, place)
        : this.putCounts(number, other.dna[number]!, other.rna[number]!, other.barcodes[number]!, place)
      if (!isFirst) yield { number, ...place }
    }
  }

  #setPlace(number: number, { file, line }: RowPlace): void {
    this.lines[number] = line
    this.files[number] = file
  }

  #growActivities(number: number): void {
    this.activities = grown(this.activities, number, Number.NaN)
    this.#growPlaces(number)
  }

  #growCounts(number: number): void {
    this.dna = grown(this.dna, number, Number.NaN)
    this.rna = grown(this.rna, number, Number.NaN)
    this.#growPlaces(number)
  }

  #growPlaces(number: number): void {
    this.barcodes = grown(this.barcodes, number, -1)
    this.lines = grown(this.lines, number, 0)
    this.files = grown(this.files, number, 0)
  }
}

/** Whether the first number in which two rows differ is the larger one in the first row. */
function isMore(row: readonly number[], other: readonly number[]): boolean {
  const at = row.findIndex((value, i) => !Number.isNaN(value) && value !== other[i])
  return at >= 0 && !(row[at]! < other[at]!)
}

/** What was read of one cell type. */
export class Assay {
  readonly cellType: string
  readonly replicates = new Map<string, Replicate>()
  /** Whether the files count its barcodes, so that a minimum can be asked for. */
  countsBarcodes = false
  /** Rows whose activity or count is missing or infinite. */
  readonly notFinite = new RowList()
  /** Rows that measure the same element in the same replicate once more. */
  readonly repeated = new RowList()
  /** 1 for each name that has a row, by number. */
  mentioned = new Uint8Array(0)

  constructor(cellType: string) {
    this.cellType = cellType
  }

  replicate(name: string): Replicate {
    let replicate = this.replicates.get(name)
    if (!replicate) this.replicates.set(name, (replicate = new Replicate()))
    return replicate
  }

  /** Takes over what another assay holds, as if its rows had been read into this one. */
  take(other: Assay): void {
    this.countsBarcodes ||= other.countsBarcodes
    for (const { number, file, line } of other.notFinite) this.notFinite.add(number, file, line)
    for (const { number, file, line } of other.repeated) this.repeated.add(number, file, line)
    other.mentioned.forEach((isMentioned, number) => isMentioned && this.mention(number))
    for (const [name, replicate] of other.replicates) {
      const mine = this.replicates.get(name)
      if (!mine) this.replicates.set(name, replicate)
      else for (const { number, file, line } of mine.take(replicate)) this.repeated.add(number, file, line)
    }
  }

  mention(number: number): void {
    if (number >= this.mentioned.length) this.mentioned = grown(this.mentioned, number, 0)
    this.mentioned[number] = 1
  }
}
