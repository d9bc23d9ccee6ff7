import type { ImportDecisions, ImportReview } from '../../../shared/domain/importing.ts'
import type { AssembledCellType } from '../assembledCellType.ts'
import type { Breathe } from '../breathe.ts'
import { barcodeHistogram } from './barcodeHistogram.ts'
import { describeCellTypes } from './describeCellTypes.ts'
import { allFindings, withExamples } from './findings/allFindings.ts'
import type { Found, Seen } from './findings/finding.ts'
import { refusal } from './findings/refusedRecords.ts'
import type { PreparedContent, Selection } from './selectElements.ts'

const FIRST_ELEMENTS = 50

/** An import under some decisions, looked at from all sides, with nothing of it written. */
export interface LookedAt extends Seen {
  readonly found: readonly Found[]
  readonly rows: number
  readonly length: number
  /** Why it cannot be written; null where it can. */
  readonly problem: Problem | null
}

export interface Problem {
  readonly message: string
  readonly hint: string
  readonly file?: string | undefined
  readonly line?: number | undefined
}

/** Looks at a read import under some decisions. */
export async function lookAt(prepared: PreparedContent, decisions: ImportDecisions, breathe: Breathe): Promise<LookedAt> {
  const { content } = prepared
  const selection = await prepared.select(decisions, breathe)
  const cellTypes = await describeCellTypes(selection, breathe)
  const seen: Seen = { prepared, content, selection, cellTypes }
  const found = allFindings(seen)
  await breathe()
  return {
    ...seen,
    found,
    rows: cellTypes.reduce((sum, { measured }) => sum + measured, 0),
    length: selection.elements.reduce((longest, number) => Math.max(longest, content.library.sequences[number]!.codes.length), 0),
    problem: problemOf(found, selection, content.files),
  }
}

/** The pre-flight report of what was looked at. `sameAs` is for the caller to find. */
export function reviewOf(looked: LookedAt): Omit<ImportReview, 'sameAs'> {
  const { content, selection, cellTypes, found, rows, length, problem } = looked
  const { library } = content
  return {
    decisions: selection.decisions,
    problem: problem && { message: problem.message, hint: problem.hint },
    findings: found.map(withExamples),
    summary: {
      elements: selection.elements.length,
      rows,
      length,
      cellTypes: cellTypes.map(({ name, measured, replicates, mean, sd, replicateR, ceiling }) => ({
        name,
        measured,
        replicates: replicates.length,
        mean,
        sd,
        replicateR,
        ceiling,
      })),
      adapters: selection.adapters,
    },
    allCellTypes: looked.prepared.settled.map(({ name }) => name),
    barcodes: barcodeHistogram(looked.prepared, selection),
    elements: Array.from(selection.elements.subarray(0, FIRST_ELEMENTS), (number, i) => ({
      name: library.names[number]!,
      sequence: library.sequences[number]!.sequence,
      activities: cellTypes.map(({ activities }) => orNull(activities[i]!)),
    })),
  }
}

function orNull(value: AssembledCellType['activities'][number]): number | null {
  return Number.isNaN(value) ? null : value
}

function problemOf(found: readonly Found[], selection: Selection, files: Seen['content']['files']): Problem | null {
  const refused = refusal(found)
  if (refused) {
    const { message, place } = refused
    return {
      message,
      hint: 'Mend or take out that record and choose the file again, or go on without such records.',
      file: place.file,
      line: place.line,
    }
  }
  if (selection.cellTypes.length === 0) return { message: 'All cell types are left out.', hint: 'Keep at least one.' }
  if (selection.measured.length === 0) {
    const { minimumBarcodes } = selection
    const named = [...new Set(files.filter(({ role }) => files.length === 1 || role !== 'sequences').map(({ name }) => name))]
    const enough = minimumBarcodes > 0 ? ` with at least ${minimumBarcodes} barcodes` : ''
    return {
      message: `No sequence has an activity${enough} in ${named.join(', ')}.`,
      hint: minimumBarcodes > 0 ? 'Ask for fewer barcodes, or choose other files.' : 'Choose other files.',
      file: named[0],
    }
  }
  return selection.elements.length > 0
    ? null
    : { message: 'Nothing is left of the dataset under these decisions.', hint: 'Drop less: look at what each decision leaves out.' }
}
