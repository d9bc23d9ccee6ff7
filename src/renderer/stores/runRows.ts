import { activeRunStates, type Run, type RunState } from '../../shared/domain/run.ts'
import type { Variant } from '../../shared/domain/variants.ts'
import { stateWords } from '../text/states.ts'
import { recipeInWords } from '../text/recipeInWords.ts'
import { runColumns } from './runColumns.ts'

/** `active` is any state in which a run holds, or waits for, the engine. */
export type StateFilter = 'active' | Extract<RunState, 'completed' | 'cancelled' | 'failed' | 'interrupted'>

/** Which runs are shown, and in which order. Null asks for nothing. */
export interface RunQuery {
  /** Words, and phrases in quotes, all of which stand somewhere in what is known of a run, letters of either case. */
  readonly search: string
  readonly state: StateFilter | null
  readonly variant: Variant | null
  readonly dataset: number | null
  readonly tag: string | null
  readonly starred: boolean
  readonly sort: { readonly by: string; readonly descending: boolean } | null
}

/** The rows of the list: sorted as asked, else starred ones first; of equal ones the newest. */
export function runRows(runs: readonly Run[], query: RunQuery): Run[] {
  const { state, variant, dataset, tag, starred, sort } = query
  const wanted = Array.from(query.search.toLowerCase().matchAll(/"([^"]+)"?|[^\s"]+/g), ([word, phrase]) => phrase ?? word)
  const kept = runs.filter(
    (run) =>
      (state === null || (state === 'active' ? activeRunStates.includes(run.state) : run.state === state)) &&
      (variant === null || run.variant === variant) &&
      (dataset === null || run.dataset === dataset) &&
      (tag === null || run.tags.includes(tag)) &&
      (!starred || run.starred) &&
      (wanted.length === 0 || holdsAll(run, wanted)),
  )
  const column = sort && runColumns.find(({ key }) => key === sort.by)
  if (!column) return kept.sort((a, b) => Number(b.starred) - Number(a.starred) || b.id - a.id)
  const sign = sort.descending ? -1 : 1
  const ranked = kept.map((run) => ({ run, rank: column.rank(run) }))
  return ranked
    .sort((a, b) => {
      if (a.rank === null || b.rank === null) return Number(a.rank === null) - Number(b.rank === null) || b.run.id - a.run.id
      return sign * compare(a.rank, b.rank) || b.run.id - a.run.id
    })
    .map(({ run }) => run)
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
}

function holdsAll(run: Run, wanted: readonly string[]): boolean {
  const known = knownOf(run)
  return wanted.every((word) => known.includes(word))
}

// A run is never changed, only replaced: what is known of it is put together once, not at each letter that is typed.
const texts = new WeakMap<Run, string>()
function knownOf(run: Run): string {
  const made = texts.get(run)
  if (made !== undefined) return made
  const { id, name, notes, tags, datasetName, splitName, variant, recipe, seed, experiment, state, engine, message } = run
  const text = [
    `run ${id}`,
    name,
    notes,
    ...tags,
    datasetName,
    splitName,
    variant,
    `recipe ${recipeInWords(recipe)}`,
    `seed ${seed}`,
    `experiment ${experiment}`,
    stateWords[state].word,
    engine ?? '',
    message ?? '',
  ]
    .join('\n')
    .toLowerCase()
  texts.set(run, text)
  return text
}
