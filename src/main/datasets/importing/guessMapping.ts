import { replicatesAmong } from '../../../shared/domain/replicateOf.ts'
import type { ColumnGuess } from '../../../shared/domain/importing.ts'
import type { ColumnRole, DecimalSign, HeaderKind, TableMapping } from '../../../shared/domain/mapping.ts'
import { kindOfField } from '../../files/readNumber.ts'
import { saysDnaOrRna } from './countKinds.ts'
import { fileStem } from './fileStem.ts'

const NAMES = /^(?:name|id|seq_?id|seq_?name|element|element_?(?:id|name)|oligo|oligo_?(?:id|name)|insert|tile|variant_?id)$/i
const BARCODE = /^(?:barcode|bc|tag|barcode_?(?:seq|sequence))$/i
const BARCODES = /^(?:n_obs_bc|(?:.*[ ._-])?(?:n_?bc|n_?barcodes?|barcodes|barcode_?counts?|bc_?counts?))$/i
const CELL_TYPE = /^(?:condition|cell|cell_?types?|cell_?lines?|biosample)$/i
const REPLICATE = /^(?:rep|replicate|bio_?rep|biological_?replicate)s?$/i
const CHROMOSOME = /^#?(?:chr|chrom|chromosome|seqnames?)$/i
const START = /^(?:start|chrom_?start|begin)$/i
const END = /^(?:end|stop|chrom_?end)$/i
const STRAND = /^(?:strand|orientation)$/i
const COUNTS = /(?:^|[ ._-])(dna|plasmid|rna|cdna|mrna)(?=$|[ ._-])/i
const COUNT_WORDS = /(?:^|[ ._-])(?:dna|plasmid|rna|cdna|mrna|counts?|umis?|reads)(?=$|[ ._-])/gi
const COUNTS_OF_WHAT = /^(?:counts?|raw_?counts?|umis?|reads|n)$/i
/** Numbers that are known to be no activities. */
const OTHER_NUMBERS =
  /^(?:pos|position|length|gc|gc_?content|index|fold|score|p_?val(?:ue)?|q_?val(?:ue)?|fdr|padj|se|sd|stderr|ratio|thick_?start|thick_?end|block_?count|width)$/i
/** Column names that say that here is an activity and not whose. */
const NAMELESS =
  /^(?:mean_?value|value|activity|mean|log2|log2_?fc|log2_?ratio|expression|y|target|mean_?activity|coefficient|log2\(rna\/dna\))$/i
/** A number with the other sign, or with thousands parted: for the import to refuse in words, not for a guess to pass over. */
const PARTED_NUMBER = /^\s*[+-]?\d+(?:[.,]\d+)+\s*$/
const SHORTEST_SEQUENCE = 10
const MOST_LABELS = 20
const MOSTLY = 0.8

/** What a table's columns seem to hold. */
export interface GuessedMapping {
  readonly guesses: ColumnGuess[]
  readonly mapping: TableMapping
}

interface Column {
  readonly at: number
  readonly name: string
  readonly values: readonly string[]
}

type Guess = Pick<ColumnGuess, 'is' | 'confidence' | 'reason'>

/** Guesses what each column of a table holds, from its name and the first rows, and says why. */
export function guessMapping(
  file: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
  headerKind: HeaderKind,
): GuessedMapping {
  const columns = header.map((name, at): Column => ({ at, name, values: rows.map((row) => row[at] ?? '') }))
  const decimal = guessDecimal(columns)
  const guesses = new Map<number, Guess>()
  const say = (column: Column | undefined, is: ColumnRole, confidence: number, reason: string) => {
    if (column && !guesses.has(column.at)) guesses.set(column.at, { is, confidence, reason })
  }
  const left = () => columns.filter(({ at }) => !guesses.has(at))
  const named = (pattern: RegExp) => left().find(({ name }) => pattern.test(name))
  const columnsNamed = countBy(header, (name) => name)
  for (const column of columns) {
    const isUnusable = column.name === '' || columnsNamed.get(column.name)! > 1
    if (isUnusable) say(column, { role: 'ignore' }, 1, column.name === '' ? 'it has no name' : 'two columns have this name')
  }
  const isRegion = [CHROMOSOME, START, END].every((pattern) => named(pattern) !== undefined)
  if (isRegion) {
    say(named(CHROMOSOME), { role: 'chromosome' }, 0.95, 'its name says so')
    say(named(START), { role: 'start' }, 0.95, 'its name says so')
    say(named(END), { role: 'end' }, 0.95, 'its name says so')
    say(named(STRAND), { role: 'strand' }, 0.95, 'its name says so')
  }
  for (const column of columns.filter(({ values }) => saysDnaOrRna(values)))
    say(column, { role: 'ignore' }, 0.9, 'its rows count DNA or RNA by turns; each needs a column or a table of its own')
  // A record that is no DNA is for the report: it must not hide the column that it is in.
  const dna = left().filter((column) => shareOfDna(column) >= MOSTLY)
  say(
    dna.find(({ name }) => BARCODE.test(name)),
    { role: 'barcode' },
    0.95,
    'its name says so, and it holds DNA',
  )
  const longest = dna.filter(({ at }) => !guesses.has(at)).toSorted((a, b) => meanLength(b) - meanLength(a))[0]
  const isPure = longest !== undefined && shareOfDna(longest) === 1
  say(longest, { role: 'sequence' }, isPure ? 0.98 : 0.8, isPure ? 'it holds DNA alone' : 'nearly all of it is DNA')
  say(named(BARCODE), { role: 'barcode' }, 0.7, 'its name says so')
  say(named(CELL_TYPE), { role: 'cellType' }, 0.9, 'its name says so')
  say(named(REPLICATE), { role: 'replicate' }, 0.95, 'its name says so')
  const isNumeric = ({ values }: Column) => holdsNumbers(values, decimal)
  if (isRegion && headerKind === 'bed')
    say(
      left().find((column) => column.name === 'name' && isNumeric(column)),
      { role: 'activity' },
      0.6,
      'it holds numbers where BED has names, as bedGraph does',
    )
  const texts = left().filter((column) => !isNumeric(column))
  const byName = texts.find(({ name }) => NAMES.test(name)) ?? (isRegion ? undefined : left().find(({ name }) => NAMES.test(name)))
  say(byName, { role: 'name' }, 0.95, 'its name says so')
  // Regions name themselves.
  if (!isRegion && byName === undefined)
    say(
      texts.toSorted((a, b) => new Set(b.values).size - new Set(a.values).size || a.at - b.at)[0],
      { role: 'name' },
      0.6,
      'it holds text, and seldom the same',
    )
  guessNumbers(left().filter(isNumeric), say)
  for (const column of left()) {
    const distinct = new Set(column.values.map((value) => value.trim())).size
    const isLabel = !isNumeric(column) && distinct > 1 && distinct <= MOST_LABELS
    if (isLabel) say(column, { role: 'label' }, 0.5, `it holds ${distinct} different texts`)
    else say(column, { role: 'ignore' }, 0.5, isNumeric(column) ? 'it is not known what these numbers are' : 'nothing needs it')
  }
  const all = columns.map(({ at, name }): ColumnGuess => ({ column: name, ...guesses.get(at)! }))
  return { guesses: all, mapping: { ...toMapping(file, all, headerKind, decimal), firstBase: isRegion ? guessFirstBase(columns) : 0 } }
}

function guessNumbers(numeric: readonly Column[], say: (column: Column, is: ColumnRole, confidence: number, reason: string) => void): void {
  const rest = numeric.filter((column) => {
    const isBarcodes = BARCODES.test(column.name)
    if (isBarcodes)
      say(
        column,
        {
          role: 'barcodes',
          ...whose(
            column.name.replace(/(?:^|[ ._-])(?:n_?obs_?bc|n_?bc|n_?barcodes?|barcodes?|bc|counts?)(?=$|[ ._-])/gi, ''),
            stemsOf([]),
          ),
        },
        0.9,
        'its name says so',
      )
    return !isBarcodes
  })
  const counts = rest.filter(({ name }) => COUNTS.test(name))
  for (const column of rest.filter(({ name }) => COUNTS_OF_WHAT.test(name)))
    say(column, { role: 'ignore' }, 0.8, 'these are counts, and it is not said whether of DNA or of RNA')
  const others = rest.filter(({ name }) => ![COUNTS, OTHER_NUMBERS, NAMES, COUNTS_OF_WHAT].some((pattern) => pattern.test(name)))
  const said = others.filter(({ name }) => NAMELESS.test(name) || /log2/i.test(name))
  const hasBoth = counts.some(({ name }) => isRna(name)) && counts.some(({ name }) => !isRna(name))
  const activities = said.length > 0 && (hasBoth || said.some(({ name }) => /^log2$/i.test(name))) ? said : hasBoth ? [] : others
  for (const { name, ...column } of rest.filter(({ name: other }) => OTHER_NUMBERS.test(other)))
    say({ name, ...column }, { role: 'ignore' }, 0.8, 'its name says that it is no activity')
  const stems = stemsOf(counts.map(({ name }) => stemOf(name)))
  for (const column of counts) {
    const role = isRna(column.name) ? 'rna' : 'dna'
    if (activities.length > 0) say(column, { role: 'ignore' }, 0.8, 'the activities are made already')
    else if (hasBoth && mayHaveThousands(column.values))
      say(column, { role, ...whose(stemOf(column.name), stems) }, 0.3, 'its name says so, but a point may part thousands in its numbers')
    else if (hasBoth) say(column, { role, ...whose(stemOf(column.name), stems) }, 0.85, 'its name says so')
    else say(column, { role: 'ignore' }, 0.5, `there are no counts of ${role === 'rna' ? 'DNA' : 'RNA'} beside it`)
  }
  const names = activities.map(({ name }) => name)
  const ofActivity = replicatesAmong(names)
  const columnsOf = countBy(names, (name) => ofActivity(name).cellType)
  for (const column of activities) {
    const isNameless = NAMELESS.test(column.name)
    const { cellType, replicate } = ofActivity(column.name)
    const hasReplicates = (columnsOf.get(cellType) ?? 0) > 1
    say(
      column,
      { role: 'activity', ...(!isNameless && { cellType }), ...(hasReplicates && { replicate }) },
      isNameless ? 0.9 : 0.7,
      isNameless ? 'its name says so' : 'it holds numbers, and its name may be a cell type’s',
    )
  }
}

function isRna(name: string): boolean {
  return /rna/i.test(COUNTS.exec(name)?.[1] ?? '')
}

/** What is left of a name without the words for counts. */
function stemOf(name: string): string {
  return name.replace(COUNT_WORDS, '').replace(/^[ ._-]+|[ ._-]+$/g, '')
}

/** A cell type and replicate in what is left of a column's name: `HepG2_rep1`, `rep1`, `1`, `HepG2`, or nothing. */
function whose(stem: string, { of, columnsOf }: Stems): { cellType?: string; replicate?: string } {
  const bare = stem.replace(/^[ ._-]+|[ ._-]+$/g, '')
  if (bare === '') return {}
  const alone = /^(?:r(?=\d)|rep(?:licate)?[ ._-]?)?(\w{1,3})$/i.exec(bare)
  if (alone && (/^\d+$/.test(alone[1]!) || /^rep/i.test(bare))) return { replicate: alone[1]! }
  const parted = /^(.+?)[ ._-](?:r(?:ep(?:licate)?)?[ ._-]?)?(\d+)$/i.exec(bare)
  if (parted) return { cellType: parted[1]!, replicate: parted[2]! }
  const { cellType, replicate } = of(bare)
  return (columnsOf.get(cellType) ?? 0) > 2 ? { cellType, replicate } : { cellType: bare }
}

/** What is left of the names of all columns with counts, looked through once. */
interface Stems {
  readonly of: ReturnType<typeof replicatesAmong>
  readonly columnsOf: ReadonlyMap<string, number>
}

function stemsOf(stems: readonly string[]): Stems {
  const of = replicatesAmong(stems)
  return { of, columnsOf: countBy(stems, (stem) => of(stem).cellType) }
}

function countBy(names: readonly string[], key: (name: string) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(key(name), (counts.get(key(name)) ?? 0) + 1)
  return counts
}

function toMapping(file: string, guesses: readonly ColumnGuess[], header: HeaderKind, decimal: DecimalSign): TableMapping {
  const columns = guesses.filter(({ is }) => is.role !== 'ignore').map(({ column, is }) => ({ column, is }))
  const isUnnamed = columns.some(({ is }) => (is.role === 'activity' || is.role === 'rna') && is.cellType === undefined)
  const hasColumn = columns.some(({ is }) => is.role === 'cellType')
  return { header, columns, decimal, firstBase: 0, ...(isUnnamed && !hasColumn && { cellType: fileStem(file) }) }
}

/** Whether every fraction has three digits, and no whole number more: so counts look where `1.234` is a thousand and more. */
function mayHaveThousands(values: readonly string[]): boolean {
  const numbers = values.map((value) => value.trim()).filter((value) => /^\d/.test(value))
  return numbers.some((value) => value.includes('.')) && numbers.every((value) => /^(?:0|[1-9]\d{0,2}(?:\.\d{3})*)$/.test(value))
}

/** The number of a chromosome's first base: 1 where R wrote GenomicRanges, or widths count the last base in. */
function guessFirstBase(columns: readonly Column[]): 0 | 1 {
  const find = (pattern: RegExp) => columns.find(({ name }) => pattern.test(name))?.values
  const [start, end, width] = [find(START), find(END), find(/^(?:width|length)$/i)]
  if (!start || !end || !width) return find(/^seqnames?$/i) ? 1 : 0
  return width.every((value, i) => Number(value) === Number(end[i]) - Number(start[i]) + 1) ? 1 : 0
}

function shareOfDna({ values }: Column): number {
  return values.length > 0 ? values.filter(isSequence).length / values.length : 0
}

function isSequence(value: string): boolean {
  const text = value.trim()
  return text.length >= SHORTEST_SEQUENCE && /^[ACGTUNRYSWKMBDHV]+$/i.test(text)
}

function meanLength({ values }: Column): number {
  return values.reduce((sum, value) => sum + value.trim().length, 0) / values.length
}

/**
 * The sign that more numbers with a fraction have. `1,234` might have thousands parted off: alone it says nothing, so that no
 * count is read as a thousandth of itself.
 */
function guessDecimal(columns: readonly Column[]): DecimalSign {
  let commas = 0
  let points = 0
  let isSure = false
  for (const { values } of columns) {
    for (const value of values) {
      if (/^\s*[+-]?\d+,\d+(?:[eE][+-]?\d+)?\s*$/.test(value)) {
        commas++
        isSure ||= !/^\s*[+-]?[1-9]\d{0,2},\d{3}\s*$/.test(value)
      } else if (/^\s*[+-]?\d{1,3}(?:\.\d{3})+,\d+\s*$/.test(value)) {
        commas++
        isSure = true
      } else if (/^\s*[+-]?\d+\.\d+(?:[eE][+-]?\d+)?\s*$/.test(value)) points++
    }
  }
  return isSure && commas > points ? ',' : '.'
}

/**
 * Whether a column holds numbers, by what most of its fields are. One that is none is left to the import, which names its
 * line: a column must not be passed over in silence for a single bad value.
 */
function holdsNumbers(values: readonly string[], decimal: DecimalSign): boolean {
  const kinds = values.map((value) => (PARTED_NUMBER.test(value) ? 'number' : kindOfField(value, decimal)))
  const count = (kind: (typeof kinds)[number]) => kinds.filter((one) => one === kind).length
  return count('number') > 0 && count('number') >= count('text')
}
