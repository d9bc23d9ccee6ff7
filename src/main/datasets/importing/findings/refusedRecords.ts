import type { ImportDecisions } from '../../../../shared/domain/importing.ts'
import type { Place } from '../library.ts'
import { amount } from '../../amount.ts'
import type { Find, Found } from './finding.ts'

/** Records that cannot be used as they are: nothing is imported until the person says to go on without them. */
type Decision = 'notDna' | 'conflictingNames' | 'outsideChromosome'

function refused(
  decision: Decision,
  decisions: ImportDecisions,
  { kind, title, seen, places, count }: Pick<Found, 'kind' | 'title' | 'places' | 'count'> & { readonly seen: string },
): Found | null {
  if (count === 0) return null
  const isSkipped = decisions[decision] === 'skip'
  return {
    kind,
    title,
    effect: isSkipped ? 'drops' : 'blocks',
    count,
    message: `${seen} ${isSkipped ? (count === 1 ? 'It is left out.' : 'They are left out.') : 'Nothing is imported until this is decided.'}`,
    choice: {
      decision,
      options: [
        { value: 'refuse', label: 'Import nothing' },
        { value: 'skip', label: 'Go on without them' },
      ],
    },
    places,
  }
}

export const notDna: Find = ({ content: { library }, selection: { decisions } }) =>
  refused('notDna', decisions, {
    kind: 'not-dna',
    title: 'Records that are not DNA',
    count: library.notDna.length,
    seen: `${amount(library.notDna.length, 'record is', 'records are')} not DNA.`,
    places: () => library.notDna,
  })

export const conflictingNames: Find = ({ content: { library }, selection: { decisions } }) =>
  refused('conflictingNames', decisions, {
    kind: 'conflicting-names',
    title: 'Names with two sequences',
    count: library.conflicts.size,
    seen: `${amount(library.conflicts.size, 'name stands', 'names stand')} for two different sequences.`,
    places: function* () {
      for (const [first, ...others] of library.conflicts.values())
        for (const place of others) {
          const where = `${first!.file === place.file ? '' : `${first!.file ?? ''}, `}line ${first!.line ?? 0}`
          yield { ...place, detail: `${where} has another sequence` }
        }
    },
  })

export const outsideChromosome: Find = ({ content: { library }, selection: { decisions } }) =>
  refused('outsideChromosome', decisions, {
    kind: 'outside-chromosome',
    title: 'Regions that the genome does not have',
    count: library.outside.length,
    seen: `${amount(library.outside.length, 'region is', 'regions are')} not wholly on a chromosome of the genome.`,
    places: () => library.outside,
  })

/** Why an import is refused, in the words of its first place; null where no record keeps it back. */
export function refusal(found: readonly Found[]): { readonly message: string; readonly place: Place } | null {
  const blocking = found.find(({ effect }) => effect === 'blocks')
  const [place] = blocking?.places() ?? []
  if (!blocking || !place) return null
  const where = `${place.file ?? ''}, line ${place.line ?? 0}`
  const said =
    blocking.kind === 'conflicting-names'
      ? `${where}: the name ${place.name} stood before, at ${(place.detail ?? '').replace(/ has .*/, '')}, with another sequence.`
      : `${where} (${place.name || 'no name'}): ${place.detail ?? blocking.message}`
  const more = blocking.count - 1
  const ended = said.endsWith('.') ? said : `${said}.`
  const others = more === 0 ? '' : ` There ${more === 1 ? 'is 1 more such record' : `are ${more.toLocaleString('en')} more such records`}.`
  return { message: ended + others, place }
}
