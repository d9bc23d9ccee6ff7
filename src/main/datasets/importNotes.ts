import { isUnambiguous } from '../../shared/dna/bases.ts'
import type { ImportNote } from '../../shared/domain/dataset.ts'
import type { Example, Library, LibrarySequence } from './library.ts'
import type { SequenceClasses } from './classifySequences.ts'
import type { Tabulated } from './tabulate.ts'

const EXAMPLES = 5

/** What the notes are made from. `elements` are the library's numbers of the dataset's elements, in its order. */
export interface Seen {
  readonly library: Library
  readonly tables: readonly Tabulated[]
  readonly elements: Int32Array
  readonly classes: SequenceClasses
  readonly minimumBarcodes: number
}

/** Everything the importer saw and let pass, a note a kind, the kinds that were not seen left out. */
export function importNotes(seen: Seen): ImportNote[] {
  return [
    repeatedNames(seen),
    ...equalSequences(seen),
    ambiguousLetters(seen),
    lengths(seen),
    lowBarcodes(seen),
    missingCellTypes(seen),
    repeatedRows(seen),
    rowsWithoutValue(seen),
  ].filter((note) => note !== null)
}

function note(kind: ImportNote['kind'], count: number, message: string, examples: Iterable<Example>): ImportNote | null {
  if (count === 0) return null
  const first: Example[] = []
  for (const example of examples) {
    if (first.length === EXAMPLES) break
    first.push(example)
  }
  return { kind, count, message, examples: first }
}

function repeatedNames({ library }: Seen): ImportNote | null {
  const { repeatedNames: names } = library
  const message = `${amount(names.length, 'sequence')} came again under the same name; each was taken once.`
  return note('duplicate-names', names.length, message, names)
}

function equalSequences({ library, elements, classes: { classes, strands, representatives } }: Seen): (ImportNote | null)[] {
  const forward = new Int32Array(representatives.length)
  const reverse = new Int32Array(representatives.length)
  for (let i = 0; i < elements.length; i++) (strands[i] === 0 ? forward : reverse)[classes[i]!]!++
  const within = (i: number) => (strands[i] === 0 ? forward : reverse)[classes[i]!]!
  const across = (i: number) => (strands[i] === 0 ? reverse : forward)[classes[i]!]!
  const equal = [...elements.keys()].filter((i) => within(i) > 1)
  const complements = [...elements.keys()].filter((i) => across(i) > 0)
  const place = (i: number) => placeOf(library, library.sequences[elements[i]!]!)
  return [
    note(
      'duplicate-sequences',
      equal.length,
      `${amount(equal.length, 'element has', 'elements have')} the sequence of another element; equal ones stay in the same part of a split by group.`,
      equal.map(place),
    ),
    note(
      'reverse-complements',
      complements.length,
      `${amount(complements.length, 'element is', 'elements are')} the reverse complement of another element; the two stay in the same part of a split by group.`,
      complements.map(place),
    ),
  ]
}

function ambiguousLetters({ library, elements }: Seen): ImportNote | null {
  const ambiguous = elementsOf(library, elements).filter(({ codes }) => hasAmbiguous(codes))
  const message = `${amount(ambiguous.length, 'element has', 'elements have')} letters that stand for more than one base, such as N; the recipe says how they are read.`
  return note('ambiguous-letters', ambiguous.length, message, places(library, ambiguous))
}

function lengths({ library, elements }: Seen): ImportNote | null {
  const all = elementsOf(library, elements)
  const longest = all.reduce((length, { codes }) => Math.max(length, codes.length), 0)
  const shorter = all.filter(({ codes }) => codes.length < longest)
  const shortest = shorter.reduce((length, { codes }) => Math.min(length, codes.length), longest)
  const message = `${amount(shorter.length, 'element is', 'elements are')} shorter than the longest, ${longest} bases; the shortest has ${shortest}. The model reads the missing bases on both sides as no base at all.`
  return note('lengths', shorter.length, message, places(library, shorter))
}

function lowBarcodes({ tables, minimumBarcodes }: Seen): ImportNote | null {
  const rows = tables.reduce((sum, { below }) => sum + below.rows, 0)
  const lost = tables.reduce((sum, { below }) => sum + below.sequences, 0)
  const message =
    `${amount(rows, 'replicate value')} with fewer than ${minimumBarcodes} barcodes ${rows === 1 ? 'was' : 'were'} left out` +
    (lost > 0 ? `; ${amount(lost, 'activity', 'activities')} (an element in a cell type) had no other value.` : '.')
  return note(
    'low-barcodes',
    rows,
    message,
    tables.flatMap(({ below }) => below.examples),
  )
}

function missingCellTypes({ library, tables, elements }: Seen): ImportNote | null {
  const missing = [...elements].filter((number) => tables.some(({ means }) => Number.isNaN(means[number])))
  const message = `${amount(missing.length, 'element has', 'elements have')} no activity in at least one cell type, and ${missing.length === 1 ? 'is' : 'are'} used in the others.`
  return note(
    'missing-cell-types',
    missing.length,
    message,
    missing.map((number) => placeOf(library, library.sequences[number]!)),
  )
}

function repeatedRows({ tables }: Seen): ImportNote | null {
  const rows = tables.flatMap(({ repeated }) => repeated)
  const message = `${amount(rows.length, 'row measures', 'rows measure')} an element once more in the same replicate; the one with the most barcodes was taken.`
  return note('duplicate-rows', rows.length, message, rows)
}

function rowsWithoutValue({ tables }: Seen): ImportNote | null {
  const rows = tables.flatMap(({ withoutValue }) => withoutValue)
  const message = `${amount(rows.length, 'activity is', 'activities are')} missing (empty or NA) or infinite in the file, and ${rows.length === 1 ? 'was' : 'were'} left out.`
  return note('other', rows.length, message, rows)
}

function elementsOf(library: Library, elements: Int32Array): LibrarySequence[] {
  return Array.from(elements, (number) => library.sequences[number]!)
}

function places(library: Library, sequences: readonly LibrarySequence[]): Example[] {
  return sequences.slice(0, EXAMPLES).map((sequence) => placeOf(library, sequence))
}

function placeOf(library: Library, { name, line }: LibrarySequence): Example {
  return { name, file: library.file, line }
}

function hasAmbiguous(codes: Uint8Array): boolean {
  for (let i = 0; i < codes.length; i++) if (!isUnambiguous(codes[i]!)) return true
  return false
}

function amount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}
