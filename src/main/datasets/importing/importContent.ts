import type { ImportReport } from '../../../shared/domain/dataset.ts'
import { Assay } from './assay.ts'
import { grown } from './growing.ts'
import { Library } from './library.ts'

/** A piece of a chromosome, from its first base (counted from 0) to the base after its last. */
export interface Region {
  readonly chromosome: string
  readonly start: number
  readonly end: number
  readonly strand: '+' | '-'
  readonly file: string
  readonly line: number
}

/** A column of labels, by the numbers of the names. */
export class LabelColumn {
  readonly column: string
  readonly values: string[] = []
  codes = new Int32Array(0)
  readonly #codeOf = new Map<string, number>()

  constructor(column: string) {
    this.column = column
  }

  /** Of two labels for one name, the one that sorts first stays: which comes first must not matter. */
  set(number: number, label: string): void {
    this.codes = grown(this.codes, number, -1)
    if (label === '') return
    const before = this.codes[number]!
    if (before >= 0 && this.values[before]! <= label) return
    let code = this.#codeOf.get(label)
    if (code === undefined) {
      const own = Buffer.from(label).toString()
      code = this.values.push(own) - 1
      this.#codeOf.set(own, code)
    }
    this.codes[number] = code
  }
}

/** All that the files of an import hold, before anything is decided. */
export class ImportContent {
  readonly library = new Library()
  /** By cell type, in the order in which they came; the empty name holds counts of DNA that serve all cell types. */
  readonly assays = new Map<string, Assay>()
  readonly labels = new Map<string, LabelColumn>()
  /** By the number of the name. */
  readonly regions = new Map<number, Region>()
  readonly files: ImportReport['files'][number][] = []
  /** Names of the files by the numbers that rows know them by. */
  readonly fileNames: string[] = []

  /** The number of a file, given to it now. */
  fileNumber(name: string): number {
    return this.fileNames.push(name) - 1
  }

  assay(cellType: string): Assay {
    return assayOf(this.assays, cellType)
  }

  label(column: string): LabelColumn {
    let labels = this.labels.get(column)
    if (!labels) this.labels.set(column, (labels = new LabelColumn(column)))
    return labels
  }
}

export function assayOf(assays: Map<string, Assay>, cellType: string): Assay {
  let assay = assays.get(cellType)
  if (!assay) assays.set(cellType, (assay = new Assay(cellType)))
  return assay
}
