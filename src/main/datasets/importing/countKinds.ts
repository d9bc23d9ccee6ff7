import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { TableMapping } from '../../../shared/domain/mapping.ts'

const DNA = /^(?:g?dna|plasmid|input)$/i
const RNA = /^(?:[cm]?rna|cdna|output)$/i

/** Whether these fields say of each row that it counts DNA or RNA. */
export function saysDnaOrRna(fields: readonly string[]): boolean {
  return fields.length > 0 && fields.every((field) => DNA.test(field.trim()) || RNA.test(field.trim()))
}

/**
 * Watches the rows of a table with activities or counts for a column by which rows are DNA and RNA in turns. Read as one
 * measure, they would be mixed: half of them would be dropped as repeats, or DNA taken for activity.
 */
export class CountKinds {
  readonly #header: readonly string[]
  readonly #file: string
  /** Columns that may still be one, with what they said so far: after the first row, hardly ever any. */
  #columns: { readonly at: number; dna: boolean; rna: boolean }[]

  constructor(header: readonly string[], file: string, { columns }: TableMapping) {
    this.#header = header
    this.#file = file
    const isMeasured = columns.some(({ is }) => is.role === 'activity' || is.role === 'dna' || is.role === 'rna')
    this.#columns = isMeasured ? header.map((_, at) => ({ at, dna: false, rna: false })) : []
  }

  /** @throws WorkbenchError where a column was seen to be one */
  look(row: readonly string[]): void {
    if (this.#columns.length === 0) return
    this.#columns = this.#columns.filter((column) => {
      const field = row[column.at]!.trim()
      const [dna, rna] = [DNA.test(field), RNA.test(field)]
      column.dna ||= dna
      column.rna ||= rna
      return dna || rna
    })
    const mixed = this.#columns.find(({ dna, rna }) => dna && rna)
    if (mixed) throw this.#refusal(this.#header[mixed.at]!)
  }

  #refusal(column: string): WorkbenchError {
    return new WorkbenchError(
      'invalid-input',
      `${this.#file}: by the column ${column}, some rows count DNA and others RNA. The workbench needs each in a column of its own.`,
      {
        file: this.#file,
        hint: 'Split the table into one of DNA and one of RNA and choose both, or make two columns of it (in R, tidyr::pivot_wider; in pandas, pivot).',
      },
    )
  }
}
