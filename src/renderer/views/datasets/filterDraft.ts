import { everyElement, type ElementFilter } from '../../../shared/domain/elementFilter.ts'
import type { Part } from '../../../shared/domain/split.ts'

/** A filter as it stands in the form: numbers as they are typed. */
export interface FilterDraft {
  search: string
  cellTypes: string[]
  complete: boolean
  activityIn: string | null
  activityFrom: string
  activityTo: string
  lengthFrom: string
  lengthTo: string
  /** Percent. */
  gcFrom: string
  gcTo: string
  barcodes: string
  labelColumn: string | null
  labelValues: string[]
  split: number | null
  parts: Part[]
}

export function emptyDraft(): FilterDraft {
  return {
    search: '',
    cellTypes: [],
    complete: false,
    activityIn: null,
    activityFrom: '',
    activityTo: '',
    lengthFrom: '',
    lengthTo: '',
    gcFrom: '',
    gcTo: '',
    barcodes: '',
    labelColumn: null,
    labelValues: [],
    split: null,
    parts: [],
  }
}

export type NumberField = 'activityFrom' | 'activityTo' | 'lengthFrom' | 'lengthTo' | 'gcFrom' | 'gcTo' | 'barcodes'
const numberFields: readonly NumberField[] = ['activityFrom', 'activityTo', 'lengthFrom', 'lengthTo', 'gcFrom', 'gcTo', 'barcodes']

/** Fields in which something else than a number stands. */
export function numberProblems(draft: FilterDraft): ReadonlySet<NumberField> {
  return new Set(numberFields.filter((field) => Number.isNaN(numberOf(draft[field]) ?? 0)))
}

/** The filter that a draft asks for. A field that is empty, or half of a choice alone, asks for nothing. */
export function filterOf(draft: FilterDraft): ElementFilter {
  const known = (text: string, unit = 1) => {
    const value = numberOf(text)
    return value === null || Number.isNaN(value) ? null : value / unit
  }
  const range = (from: string, to: string, unit = 1) => {
    const ends = { from: known(from, unit), to: known(to, unit) }
    return ends.from === null && ends.to === null ? null : ends
  }
  const activity = range(draft.activityFrom, draft.activityTo)
  const barcodes = known(draft.barcodes)
  return {
    ...everyElement,
    search: draft.search.trim(),
    cellTypes: [...draft.cellTypes],
    complete: draft.complete,
    activity: draft.activityIn !== null && activity ? [{ cellType: draft.activityIn, ...activity }] : [],
    length: range(draft.lengthFrom, draft.lengthTo),
    gc: range(draft.gcFrom, draft.gcTo, 100),
    barcodes: barcodes === null ? null : Math.max(0, barcodes),
    label:
      draft.labelColumn !== null && draft.labelValues.length > 0 ? { column: draft.labelColumn, values: [...draft.labelValues] } : null,
    part: draft.split !== null && draft.parts.length > 0 ? { split: draft.split, parts: [...draft.parts] } : null,
  }
}

/** Null for an empty text, NaN for one that is no number. A decimal comma and a true minus sign are read too. */
function numberOf(text: string | null): number | null {
  const plain = (text ?? '').trim().replace(',', '.').replace('−', '-')
  return plain === '' ? null : Number(plain)
}
