import type { Scan, Score } from '../../../shared/domain/scan.ts'
import type { WorkbookCell } from '../../files/workbookSheet.ts'
import { field, shortestFloat32 } from '../scoresTsv.ts'

/** A column of the table of scores; its texts are no numbers, whatever they look like. */
export interface TableColumn {
  readonly header: string
  readonly cell: (score: Score) => WorkbookCell
}

/** Digits of what is computed from scores. */
const DIGITS = 6

/**
 * The columns of the table of scores: `name`, `length`, then one a scored column; after them what is known beside: how the sequence came
 * before the model, and for each scored column the specificity, the percentile among the training part's activities, the share of
 * shuffled sequences that score lower, and the spread over an ensemble's members. `target` says what the scores are.
 */
export function tableColumns({ columns, models, target }: Pick<Scan, 'columns' | 'models' | 'target'>): TableColumn[] {
  const each = (header: (key: string) => string, cell: (score: Score, c: number) => WorkbookCell): TableColumn[] =>
    columns.map(({ key }, c) => ({ header: header(key), cell: (score) => cell(score, c) }))
  return [
    { header: 'name', cell: ({ name }) => name },
    { header: 'length', cell: ({ length }) => length },
    ...each(
      (key) => key,
      ({ scores }, c) => shortestFloat32(scores[c]!),
    ),
    { header: 'target', cell: () => (target === 'specificity' ? 'specificity' : 'log2(RNA/DNA)') },
    ...each(
      (key) => `specificity ${key}`,
      ({ specificity }, c) => rounded(specificity[c]!),
    ),
    ...each(
      (key) => `percentile ${key}`,
      ({ percentile }, c) => rounded(percentile[c]!),
    ),
    ...each(
      (key) => `above shuffled ${key}`,
      ({ aboveShuffled }, c) => rounded(aboveShuffled[c]!),
    ),
    ...(models.some(({ members }) => members > 1)
      ? each(
          (key) => `spread ${key}`,
          ({ spread }, c) => (spread[c] === null ? null : shortestFloat32(spread[c]!)),
        )
      : []),
    { header: 'fitted', cell: ({ fitted }) => fitted },
    { header: 'windows', cell: ({ windows }) => windows },
    { header: 'gc', cell: ({ gc }) => (gc === null ? null : shortestFloat32(gc)) },
    { header: 'distance', cell: ({ distance }) => (distance === null ? null : shortestFloat32(distance)) },
    { header: 'flags', cell: ({ flags }) => flags.join(', ') },
    { header: 'line', cell: ({ line }) => line },
  ]
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(DIGITS))
}

/** The first line of the table. Columns that a scan has twice by their names are told apart by a number. */
export function tsvHeaderOf(columns: readonly TableColumn[]): string {
  return `${columns.map(({ header }) => field(header)).join('\t')}\n`
}

/** Names byte for byte; one that has a tab in it, which would shift the columns, or begins with a quote stands in quotes. */
export function tsvLine(columns: readonly TableColumn[], score: Score): string {
  return `${columns
    .map(({ cell }) => {
      const value = cell(score)
      return typeof value === 'string' ? field(value) : (value ?? '')
    })
    .join('\t')}\n`
}
