import type { Columns } from '../../shared/domain/dataset.ts'
import { readNumber } from '../files/readNumber.ts'

const NAMES = /^(?:name|id|seq_?id|seq_?name|element|element_?(?:id|name)|oligo|oligo_?id|insert)$/i
const NOT_ACTIVITIES =
  /^(?:chr|chrom|start|end|pos|strand|length|gc|index|fold|p_?val(?:ue)?|q_?val(?:ue)?|fdr|padj|se|sd|stderr|[dr]na(?:_?counts?)?|.*_counts?|.*barcodes?|n_obs_bc|n_?bc|replicate|ratio)$/i
/** Column names that say that here is an activity and not whose. */
const NAMELESS = /^(?:mean_?value|value|activity|mean|score|log2|log2_?fc|log2_?ratio|expression|y|target|mean_?activity)$/i
const SHORTEST_SEQUENCE = 10

/**
 * Guesses which column of a table holds what, from its header and first rows: the sequence by what is in it, the name by
 * its own name or as the first column of text, the rest of the numbers as activities. A single column without a cell type's
 * name gets the file's (`HepG2.tsv.gz` → HepG2). Null where no sequence or no activity is recognised.
 */
export function guessColumns(file: string, header: readonly string[], rows: readonly (readonly string[])[]): Columns | null {
  const columns = [...header.keys()].filter((at) => header[at] !== '' && header.indexOf(header[at]!) === header.lastIndexOf(header[at]!))
  const values = (at: number) => rows.map((row) => row[at]!.trim())
  const sequence = columns.find((at) => rows.length > 0 && values(at).every(isSequence))
  if (sequence === undefined) return null
  const numeric = columns.filter((at) => at !== sequence && isNumeric(values(at)))
  const texts = columns.filter((at) => at !== sequence && !numeric.includes(at))
  const name = texts.find((at) => NAMES.test(header[at]!)) ?? numeric.find((at) => NAMES.test(header[at]!)) ?? texts[0]
  const activities = numeric.filter((at) => at !== name && !NOT_ACTIVITIES.test(header[at]!))
  if (name === undefined || activities.length === 0) return null
  const cellTypeOf = (at: number) => (activities.length === 1 && NAMELESS.test(header[at]!) ? fileStem(file) : header[at]!)
  return {
    name: header[name]!,
    sequence: header[sequence]!,
    activities: Object.fromEntries(activities.map((at) => [cellTypeOf(at), header[at]!])),
  }
}

/** A file's name without its endings. */
export function fileStem(file: string): string {
  return file.replace(/\.b?gz$/i, '').replace(/\.(?:tsv|csv|txt|tab)$/i, '') || file
}

function isSequence(value: string): boolean {
  return value.length >= SHORTEST_SEQUENCE && /^[ACGTUNRYSWKMBDHV]+$/i.test(value)
}

/**
 * Whether a column holds numbers, by what most of its fields are. One that is none is left to the import, which names its
 * line: a column must not be passed over in silence for a single bad value, nor for decimal commas.
 */
function isNumeric(values: readonly string[]): boolean {
  const kinds = values.map(kindOf)
  const count = (kind: ReturnType<typeof kindOf>) => kinds.filter((one) => one === kind).length
  return count('number') > 0 && count('number') >= count('text')
}

function kindOf(value: string): 'number' | 'missing' | 'text' {
  if (/^[+-]?\d+,\d+$/.test(value)) return 'number'
  try {
    return Number.isNaN(readNumber(value, () => ({ file: '', line: 0, column: '' }))) ? 'missing' : 'number'
  } catch {
    return 'text'
  }
}
