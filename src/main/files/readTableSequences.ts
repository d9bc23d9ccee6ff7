import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { SequenceColumns } from '../../shared/domain/scan.ts'
import type { FastaRecord } from './readFasta.ts'
import { toRecord } from './readPlainSequences.ts'
import type { RowBatch, Table } from './readTable.ts'

/** A table's columns, and its records. */
export interface TableSequences {
  readonly columns: readonly string[]
  readonly taken: SequenceColumns
  readonly batches: AsyncIterable<readonly FastaRecord[]>
}

const SEQUENCE = /^(?:dna[ _]?)?(?:sequences?|seqs?|oligos?|inserts?|dna|bases|nucleotides?)(?:[ _]?(?:dna|sequence|seq))?$/i
const NAME = /^(?:seq(?:uence)?[ _.-]?)?(?:names?|ids?|identifiers?|elements?|labels?)$/i
/** A header that ends in such a word, as “Design name” does. */
const NAMED = /[ _.-](?:names?|ids?|identifiers?|labels?)$/i
const LOOKED_AT = 100

/** Whether a cell holds a sequence that is long enough not to be a word. */
function isSequence(cell: string): boolean {
  return /^[ACGTUN]{8,}$/i.test(cell.trim())
}

/** Whether the first line of a table holds a sequence already, so that its columns have no names. */
export function hasNoHeader(cells: readonly string[]): boolean {
  return cells.some(isSequence)
}

/**
 * The sequences of a table, from the columns asked for, or those that look like names and sequences.
 *
 * @throws WorkbenchError `invalid-input` where there is no such column, or none that holds sequences
 */
export async function readTableSequences(table: Table & { readonly file: string }, asked: SequenceColumns | null): Promise<TableSequences> {
  const { header, file } = table
  const batches = table.batches[Symbol.asyncIterator]()
  const held: RowBatch[] = []
  let rows = 0
  while (rows < LOOKED_AT) {
    const next = await batches.next()
    if (next.done) break
    held.push(next.value)
    rows += next.value.rows.length
  }
  const sample = held.flatMap(({ rows }) => rows).slice(0, LOOKED_AT)
  const taken = asked ?? guessColumns(header, sample)
  for (const column of taken ? [taken.sequence, taken.name] : []) {
    if (column === null || header.includes(column)) continue
    throw new WorkbenchError('invalid-input', `${file} has no column ${column}.`, { file, hint: `Its columns are ${header.join(', ')}.` })
  }
  if (!taken) {
    throw new WorkbenchError('invalid-input', `${file} is a table, and none of its columns holds DNA sequences.`, {
      file,
      line: table.headerLine,
      hint: 'Choose the column that holds the sequences, or a FASTA file.',
      needs: 'columns',
      columns: [...header],
    })
  }
  const [name, sequence] = [taken.name === null ? -1 : header.indexOf(taken.name), header.indexOf(taken.sequence)]
  async function* records(): AsyncGenerator<FastaRecord[]> {
    try {
      for (const batch of held.splice(0)) yield toRecords(batch, name, sequence)
      for (let next = await batches.next(); !next.done; next = await batches.next()) yield toRecords(next.value, name, sequence)
    } finally {
      await batches.return(undefined)
    }
  }
  return { columns: header, taken, batches: records() }
}

function toRecords({ lines, rows }: RowBatch, name: number, sequence: number): FastaRecord[] {
  return rows.map((cells, i) => {
    const line = lines[i]!
    const record = toRecord({ name: name < 0 ? `line ${line}` : cells[name]!, line }, cells[sequence]!.trim())
    if (record.problem || /\S/.test(record.name)) return record
    return { ...record, codes: new Uint8Array(0), problem: { line, message: 'The sequence has no name.' } }
  })
}

/** The columns of names and sequences, by their headers or else by what is in them; null where no column holds sequences. */
function guessColumns(header: readonly string[], sample: readonly (readonly string[])[]): SequenceColumns | null {
  const share = (column: number) => sample.filter((cells) => isSequence(cells[column] ?? '')).length / Math.max(1, sample.length)
  const places = [...header.keys()]
  const named = places.filter((column) => SEQUENCE.test(header[column]!.trim()))
  const sequence =
    named.length === 1
      ? named[0]
      : (named.length > 0 ? named : places).filter((column) => share(column) > 0.5).sort((a, b) => share(b) - share(a))[0]
  if (sequence === undefined) return null
  const others = places.filter((column) => column !== sequence)
  const isDistinct = (column: number) => {
    const cells = sample.map((row) => row[column] ?? '')
    return cells.every((cell) => cell.trim() !== '' && !isSequence(cell)) && new Set(cells).size === cells.length
  }
  const name =
    others.find((column) => NAME.test(header[column]!.trim())) ??
    others.find((column) => NAMED.test(header[column]!.trim()) && isDistinct(column)) ??
    others.find(isDistinct)
  return { name: name === undefined ? null : header[name]!, sequence: header[sequence]! }
}
