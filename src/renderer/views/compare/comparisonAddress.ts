import type { LocationQuery } from 'vue-router'
import { measureNames, type MeasureName } from '../../../shared/domain/measures.ts'
import { emptyDraft, type FilterDraft } from '../datasets/filterDraft.ts'

/** All that a person chooses on the page: a link to it opens the same. */
export interface ComparisonAddress {
  readonly dataset: number | null
  /** Null for all completed runs of the dataset. */
  readonly runs: readonly number[] | null
  readonly ensembles: readonly number[]
  readonly set: string | null
  readonly filter: FilterDraft
  readonly measure: MeasureName
  /** The line that is looked at closely, and which of its members; null for the first line, and for the mean over the members. */
  readonly line: string | null
  readonly member: number | null
  /** The two lines whose disagreements are listed, and the cell type; null for the first ones. */
  readonly a: string | null
  readonly b: string | null
  readonly cellType: string | null
}

/** Stands for "no runs" in an address, where an empty text would say nothing. */
const NONE = 'none'

export function readAddress(query: LocationQuery): ComparisonAddress {
  const text = (key: string) => {
    const value = query[key]
    return (Array.isArray(value) ? value[0] : value) || null
  }
  const whole = (key: string) => {
    const value = text(key)
    return value !== null && /^\d+$/.test(value) ? Number(value) : null
  }
  const list = (key: string) => [
    ...new Set(
      (text(key) ?? '')
        .split(',')
        .filter((part) => /^\d+$/.test(part))
        .map(Number),
    ),
  ]
  const runs = list('runs')
  return {
    dataset: whole('dataset'),
    runs: runs.length > 0 || text('runs') === NONE ? runs : null,
    ensembles: list('ensembles'),
    set: text('set'),
    filter: readDraft(text('filter')),
    measure: measureNames.find((name) => name === text('measure')) ?? 'pearson',
    line: text('line'),
    member: whole('member'),
    a: text('a'),
    b: text('b'),
    cellType: text('cellType'),
  }
}

/** What is as it is by itself is left out, so that the address stays short. */
export function writeAddress(address: ComparisonAddress): Record<string, string> {
  const { runs, ensembles, filter, measure, ...rest } = address
  const query: Record<string, string> = {}
  for (const [key, value] of Object.entries(rest)) if (value !== null) query[key] = String(value)
  if (runs) query['runs'] = runs.length ? runs.join(',') : NONE
  if (ensembles.length) query['ensembles'] = ensembles.join(',')
  const asked = changedFields(filter)
  if (asked) query['filter'] = asked
  if (measure !== 'pearson') query['measure'] = measure
  return query
}

function changedFields(draft: FilterDraft): string | null {
  const empty: Record<string, unknown> = { ...emptyDraft() }
  const changed = Object.entries(draft).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(empty[key]))
  return changed.length ? JSON.stringify(Object.fromEntries(changed)) : null
}

/** A filter as it stands in an address; what is no field of the form, or not what that field holds, asks for nothing. */
function readDraft(text: string | null): FilterDraft {
  const draft = emptyDraft()
  let given: unknown
  try {
    given = JSON.parse(text ?? '{}')
  } catch {
    return draft
  }
  if (typeof given !== 'object' || given === null) return draft
  const holds: Readonly<Record<keyof FilterDraft, (value: unknown) => boolean>> = {
    search: isText,
    cellTypes: isTexts,
    complete: (value) => typeof value === 'boolean',
    activityIn: isText,
    activityFrom: isText,
    activityTo: isText,
    lengthFrom: isText,
    lengthTo: isText,
    gcFrom: isText,
    gcTo: isText,
    barcodes: isText,
    labelColumn: isText,
    labelValues: isTexts,
    split: Number.isInteger,
    parts: (value) => isTexts(value) && value.every((part) => ['train', 'validation', 'test'].includes(part)),
  }
  const known = Object.entries(given).filter(([key, value]) => Object.hasOwn(holds, key) && holds[key as keyof FilterDraft](value))
  return { ...draft, ...(Object.fromEntries(known) as Partial<FilterDraft>) }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText)
}
