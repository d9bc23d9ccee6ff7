import type { ColumnGuess } from '../../../../shared/domain/importing.ts'
import type { ColumnRole, RoleName } from '../../../../shared/domain/mapping.ts'
import { isMeasured } from '../../../stores/mappingEdits.ts'

/** What a column can hold, in the order offered. */
export const roleChoices: readonly { readonly value: RoleName; readonly title: string; readonly about: string }[] = [
  { value: 'name', title: 'Name', about: 'The element’s name, by which files are joined, letter by letter.' },
  { value: 'sequence', title: 'Sequence', about: 'The element’s DNA.' },
  { value: 'activity', title: 'Activity', about: 'log2(RNA/DNA), made already.' },
  { value: 'dna', title: 'DNA count', about: 'Counts of DNA; without a replicate, a pool that serves all of them.' },
  { value: 'rna', title: 'RNA count', about: 'Counts of RNA. Activities are made from both, with depth normalised.' },
  { value: 'barcodes', title: 'Number of barcodes', about: 'From how many barcodes a value was made.' },
  { value: 'barcode', title: 'Barcode', about: 'One barcode; the counts of an element’s rows are summed.' },
  { value: 'cellType', title: 'Cell type', about: 'In which cell type the row was measured.' },
  { value: 'replicate', title: 'Replicate', about: 'In which replicate the row was measured.' },
  { value: 'chromosome', title: 'Chromosome', about: 'Where the element lies.' },
  { value: 'start', title: 'Start', about: 'Where the element begins.' },
  { value: 'end', title: 'End', about: 'Where the element ends.' },
  { value: 'strand', title: 'Strand', about: 'On − the reverse complement is taken.' },
  { value: 'label', title: 'Label', about: 'Kept with the elements: a filter, or a split, can go by it.' },
  { value: 'ignore', title: 'Not used', about: 'Left out.' },
]
const titles = new Map(roleChoices.map(({ value, title }) => [value, title]))

export function roleTitle(role: RoleName): string {
  return titles.get(role) ?? role
}

/** `Activity of HepG2, replicate 1`. */
export function roleInWords(is: ColumnRole): string {
  if (!isMeasured(is)) return roleTitle(is.role)
  const of = is.cellType === undefined ? '' : ` of ${is.cellType}`
  const replicate = is.replicate === undefined ? '' : `, replicate ${is.replicate}`
  return `${roleTitle(is.role)}${of}${replicate}`
}

/** How sure a guess is, in a word. */
export type Certainty = 'sure' | 'likely' | 'a guess' | 'yours'

export function certaintyOf(guess: ColumnGuess | undefined, is: ColumnRole): Certainty {
  if (!guess || !isSame(guess.is, is)) return 'yours'
  return guess.confidence >= 0.9 ? 'sure' : guess.confidence >= 0.65 ? 'likely' : 'a guess'
}

function isSame(a: ColumnRole, b: ColumnRole): boolean {
  if (a.role !== b.role) return false
  if (!isMeasured(a) || !isMeasured(b)) return true
  return a.cellType === b.cellType && a.replicate === b.replicate
}

/** Why a column is taken for what it is. */
export function reasonInWords(guess: ColumnGuess | undefined, certainty: Certainty): string {
  if (certainty === 'yours' || !guess) return 'You said so.'
  const how = { sure: 'Surely', likely: 'Likely', 'a guess': 'A guess' }[certainty]
  return `${how}: ${guess.reason}.`
}
