/**
 * The rows of one cell type as they were read, a column an array: half a million rows as objects would be ten times the
 * memory.
 */
export class Measurements {
  readonly cellType: string
  readonly file: string
  /** False where the file does not count barcodes, so that none can be asked for. */
  readonly countsBarcodes: boolean
  /** Numbers in the {@link Library}, of `replicates`, log2 activities (NaN or ±Infinity as in the file), barcodes (NaN where not said), lines. */
  readonly names: number[] = []
  readonly replicateOf: number[] = []
  readonly activities: number[] = []
  readonly barcodes: number[] = []
  readonly lines: number[] = []
  readonly replicates: string[] = []
  readonly #replicateNumbers = new Map<string, number>()

  constructor(cellType: string, file: string, countsBarcodes: boolean) {
    this.cellType = cellType
    this.file = file
    this.countsBarcodes = countsBarcodes
  }

  add(name: number, replicate: string, activity: number, barcodes: number, line: number): void {
    let number = this.#replicateNumbers.get(replicate)
    if (number === undefined) {
      number = this.replicates.push(replicate) - 1
      this.#replicateNumbers.set(replicate, number)
    }
    this.names.push(name)
    this.replicateOf.push(number)
    this.activities.push(activity)
    this.barcodes.push(barcodes)
    this.lines.push(line)
  }
}
