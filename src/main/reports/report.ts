import { formatCount, formatDecimal } from '../../shared/text/numbers.ts'
import type { WorkbookCell } from '../files/workbookSheet.ts'

/** A report as plain data: what it says, and nothing of how it looks. Each writer makes of it what its format can. */
export interface Report {
  readonly title: string
  /** What it is a report of, and when it was made. */
  readonly subtitle: string
  readonly sections: readonly ReportSection[]
}

export interface ReportSection {
  readonly title: string
  readonly blocks: readonly ReportBlock[]
}

export type ReportBlock = ReportParagraph | ReportList | ReportFacts | ReportTable | ReportFigure

export interface ReportParagraph {
  readonly kind: 'paragraph'
  readonly text: string
}
export interface ReportList {
  readonly kind: 'list'
  readonly items: readonly string[]
}
/** What is known under a few words each. */
export interface ReportFacts {
  readonly kind: 'facts'
  /** Of the sheet, in a workbook. */
  readonly name: string
  readonly facts: readonly (readonly [label: string, value: string])[]
}
export interface ReportTable {
  readonly kind: 'table'
  /** Of the sheet, in a workbook. */
  readonly name: string
  readonly caption: string
  readonly columns: readonly ReportColumn[]
  readonly rows: readonly (readonly WorkbookCell[])[]
}
/** A column and how its numbers are shown: whole with separators, or with so many decimals. A workbook has all digits. */
export interface ReportColumn {
  readonly label: string
  readonly shown: 'text' | 'count' | number
}
/** A drawing with its text as text; its caption stands below it, not in it. */
export interface ReportFigure {
  readonly kind: 'figure'
  readonly caption: string
  readonly svg: string
}

export const paragraph = (text: string): ReportParagraph => ({ kind: 'paragraph', text })

/** A cell as people read it, by the functions that the page uses. */
export function shownCell(cell: WorkbookCell, { shown }: ReportColumn): string {
  if (typeof cell === 'string') return cell
  if (cell === null || shown === 'text') return cell === null ? formatDecimal(null) : String(cell)
  return shown === 'count' ? formatCount(cell) : formatDecimal(cell, shown)
}

/** Whether a column's cells stand at the right, digit under digit. */
export const isNumeric = ({ shown }: ReportColumn): boolean => shown !== 'text'
