import type { StageProgress } from '../../../shared/contract/calls/inputs.ts'
import type { ImportReport } from '../../../shared/domain/dataset.ts'
import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { NewDataset } from '../../db/datasets.ts'
import type { LabelColumn as StoredLabels } from '../../db/elementLabels.ts'
import type { Breathe } from '../breathe.ts'
import { fingerprint } from '../fingerprint.ts'
import { groupSequences } from '../groupSequences.ts'
import type { LabelColumn } from './importContent.ts'
import { withExamples } from './findings/allFindings.ts'
import { activitiesWithoutSequence, sequencesWithoutActivity } from './findings/unmatchedNames.ts'
import type { LookedAt } from './reviewImport.ts'
import { restrict } from './selectElements.ts'

/** A dataset that is ready to be stored. */
export interface AssembledDataset extends Omit<NewDataset, 'name' | 'createdAt' | 'simulated'> {
  readonly labels: readonly StoredLabels[]
}

const FIRST_NAMES = 10

/**
 * Makes the dataset of what was looked at: groups related sequences, takes the fingerprint, writes the report.
 *
 * @throws WorkbenchError where it cannot be written under its decisions
 */
export async function assembleDataset(
  looked: LookedAt,
  breathe: Breathe,
  progress: (value: StageProgress) => void,
): Promise<AssembledDataset> {
  if (looked.problem) {
    const { message, hint, file, line } = looked.problem
    throw new WorkbenchError('invalid-input', message, { hint, file, line })
  }
  const { content, selection, cellTypes, rows, length } = looked
  const { library } = content
  const { elements } = selection
  const classes = classesOfElements(looked)
  const groups = await groupSequences(classes, breathe, (done) =>
    progress({ stage: 'Finding related sequences', done, total: classes.representatives.length }),
  )
  const unmatched = unmatchedNames(looked)
  await breathe()
  return {
    elements: Array.from(elements, (number, i) => ({
      name: library.names[number]!,
      sequence: library.sequences[number]!.sequence,
      group: groups[i]!,
    })),
    cellTypes,
    rows,
    length,
    minimumBarcodes: selection.minimumBarcodes,
    adapters: selection.adapters,
    fingerprint: await fingerprintOf(looked, breathe),
    report: {
      files: content.files,
      unmatched: {
        sequences: side(unmatched.sequences),
        activities: side([...new Set([...unmatched.activities.values()].flat())].sort()),
        activitiesByCellType: Object.fromEntries([...unmatched.activities].map(([cellType, names]) => [cellType, side(names)])),
      },
      belowMinimumBarcodes: selection.cellTypes.reduce((sum, { below }) => sum + below.length, 0),
      notes: notesOf(looked),
    },
    unmatched,
    labels: [...content.labels.values()].map((column) => labelsOf(column, elements)),
  }
}

/** What identifies the dataset by its content. */
export function fingerprintOf({ content: { library }, selection, cellTypes }: LookedAt, breathe: Breathe): Promise<string> {
  const elements = Array.from(selection.elements, (number) => ({ name: library.names[number]!, codes: library.sequences[number]!.codes }))
  return fingerprint({ minimumBarcodes: selection.minimumBarcodes, elements, cellTypes }, breathe)
}

function classesOfElements({ content, selection: { measured, elements, classes } }: LookedAt) {
  const ofNumber = new Int32Array(content.library.names.length)
  const strandOf = new Uint8Array(content.library.names.length)
  measured.forEach((number, i) => {
    ofNumber[number] = classes.classes[i]!
    strandOf[number] = classes.strands[i]!
  })
  return restrict({ classes: ofNumber, strands: strandOf, representatives: classes.representatives }, elements)
}

function unmatchedNames(looked: LookedAt): NewDataset['unmatched'] {
  const { library } = looked.content
  const named = (numbers: readonly number[]) => numbers.map((number) => library.names[number]!)
  return {
    sequences: named(sequencesWithoutActivity(looked)),
    activities: new Map(
      looked.selection.cellTypes.map((cellType) => [cellType.settled.name, named(activitiesWithoutSequence(cellType, library))]),
    ),
  }
}

function side(names: readonly string[]) {
  return { count: names.length, first: names.slice(0, FIRST_NAMES) }
}

/** Findings as they are stored. What the report tells elsewhere is not told again. */
function notesOf({ found }: LookedAt): ImportReport['notes'] {
  return found.flatMap((one) => {
    const { kind, message, count, examples } = withExamples(one)
    if (kind === 'unmatched-sequences' || kind === 'unmatched-activities' || kind === 'adapters') return []
    return [{ kind, message, count, examples: examples.map(({ detail: _, ...example }) => example) }]
  })
}

/** The labels of the elements, each value once, in its order. */
function labelsOf({ column, values, codes }: LabelColumn, elements: Int32Array): StoredLabels {
  const codeAt = (number: number) => (number < codes.length ? codes[number]! : -1)
  const used = [...new Set(Array.from(elements, codeAt))].filter((code) => code >= 0)
  const inOrder = used.map((code) => values[code]!).sort()
  const placeOf = new Map(inOrder.map((value, i) => [value, i]))
  return { column, values: inOrder, codes: elements.map((number) => placeOf.get(values[codeAt(number)] ?? '') ?? -1) }
}
