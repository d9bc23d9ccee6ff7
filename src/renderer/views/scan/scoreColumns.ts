import type { Scan, ScoreColumn } from '../../../shared/domain/scan.ts'
import type { Term } from '../../text/glossary.ts'
import { columnTitles } from './columnTitles.ts'

/** A column of the table of scores, beside the name. */
export interface TableColumn {
  readonly key: string
  readonly title: string
  /** What it is sorted and filtered by; null where it cannot be. */
  readonly by: ScoreColumn | null
  /** Place of the scored column that it is of; null for those of the sequence. */
  readonly scored: number | null
  readonly term?: Term
  readonly width: number
  /** Whether it is there without being chosen. */
  readonly shown: boolean
}

export const keyOf = ({ by, column }: ScoreColumn) => (column === undefined ? by : `${by} ${column}`)

/** Every column that the table of a scan may have. Spread and specificity are there where they are known of any sequence. */
export function scoreColumns({
  columns,
  models,
  windows,
  options,
}: Pick<Scan, 'columns' | 'models' | 'windows' | 'options'>): TableColumn[] {
  const others = (model: number) => columns.filter((column) => column.model === model).length > 1
  const titles = columnTitles({ columns, models })
  const few = columns.length <= 6
  const column = (by: ScoreColumn, title: string, more: Partial<TableColumn>): TableColumn => ({
    key: keyOf(by),
    title,
    by,
    scored: null,
    width: 96,
    shown: true,
    ...more,
  })
  const ofScored = (scored: number, by: 'score' | 'specificity' | 'spread', title: string, more: Partial<TableColumn>) =>
    column({ by, column: columns[scored]!.key }, title, { scored, ...more })
  return [
    column({ by: 'length' }, 'Length', { width: 80 }),
    ...titles.map((title, c) =>
      ofScored(c, 'score', title, { term: 'score', width: Math.max(106, 44 + 8 * title.length), shown: few || c < 6 }),
    ),
    ...columns.flatMap(({ model }, c) =>
      others(model)
        ? [
            ofScored(c, 'specificity', `Specific to ${titles[c]!}`, {
              term: 'scoreSpecificity',
              width: Math.max(108, 44 + 8 * titles[c]!.length),
              shown: few && columns.length <= 3,
            }),
          ]
        : [],
    ),
    ...columns.flatMap(({ model }, c) =>
      (models[model]?.members ?? 1) > 1
        ? [ofScored(c, 'spread', `Spread in ${titles[c]!}`, { term: 'spread', width: 140, shown: false })]
        : [],
    ),
    { key: 'flags', title: 'Doubts', by: null, scored: null, term: 'doubt', width: 132, shown: true },
    column({ by: 'gc' }, 'GC (%)', { term: 'gc', width: 96, shown: false }),
    column({ by: 'distance' }, 'Unlike training (%)', { term: 'distance', width: 170, shown: false }),
    column({ by: 'line' }, 'Line', { width: 84, shown: false }),
    {
      key: 'fitted',
      title: 'Fitted',
      by: null,
      scored: null,
      term: 'fitted',
      width: 260,
      shown: windows === 0 && options.long !== 'windows',
    },
  ]
}
