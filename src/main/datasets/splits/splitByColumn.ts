import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { Shares } from '../../../shared/domain/split.ts'
import { dealGroups } from './dealGroups.ts'
import { TEST, TRAIN, VALIDATION, type Assignment, type SplitContent } from './splitContent.ts'

export interface ColumnSettings {
  readonly seed: number
  readonly column: string
  /** Labels of these parts; all other elements, those without a label too, are for training. */
  readonly validation: readonly string[]
  readonly test: readonly string[]
  readonly shares: Shares
}

/**
 * The file's own split, or one by whatever a column of it says: elements go where their label is named, letter by letter, even
 * where related ones are torn apart; the audit tells. Where no label is named for validation, whole groups of the training
 * part are taken for it, as many as validation's share beside training's.
 */
export function splitByColumn(
  { columns, groups, activities }: Pick<SplitContent, 'columns' | 'groups' | 'activities'>,
  { seed, column: name, validation, test, shares }: ColumnSettings,
): Assignment {
  const column = columns.find((candidate) => candidate.column === name)
  if (!column) {
    const others = columns.map((candidate) => candidate.column).join(', ')
    throw new WorkbenchError('invalid-input', `This dataset has no column of labels named ${name}.`, {
      hint: others ? `There are: ${others}.` : 'Give a column the role “label” when you import the file.',
    })
  }
  if (test.length === 0) throw refused(`Say which labels of ${name} are for the test.`, column.values)
  const partOf = new Map<number, number>()
  for (const [part, named] of [
    [VALIDATION, validation],
    [TEST, test],
  ] as const) {
    for (const label of new Set(named)) {
      const code = column.values.indexOf(label)
      if (code < 0) throw refused(`No element has the label ${label} in ${name}.`, column.values)
      if (partOf.has(code)) throw refused(`${label} is named for both validation and test.`, column.values)
      partOf.set(code, part)
    }
  }
  const assigned = Uint8Array.from(column.codes, (code) => partOf.get(code) ?? TRAIN)
  if (!assigned.includes(TRAIN)) throw refused('No element is left for training.', column.values)
  if (validation.length === 0) drawValidation(assigned, { groups, activities }, seed, shares)
  return { parts: assigned, groups: column.values.length }
}

/** Takes whole groups out of the training part. Of a group that the test has too, the rest stays for training: the column said so. */
function drawValidation(
  assigned: Uint8Array,
  { groups, activities }: Pick<SplitContent, 'groups' | 'activities'>,
  seed: number,
  { train, validation }: Shares,
): void {
  const tested = new Set(groups.filter((_, i) => assigned[i] === TEST))
  const free = Int32Array.from(groups.keys()).filter((i) => assigned[i] === TRAIN && !tested.has(groups[i]!))
  const numbers = new Map<number, number>()
  const own = free.map((i) => {
    const group = groups[i]!
    if (!numbers.has(group)) numbers.set(group, numbers.size)
    return numbers.get(group)!
  })
  const { binOf } = dealGroups({ groups: own, activities: activities.map((vector) => Float32Array.from(free, (i) => vector[i]!)) }, seed, [
    train,
    validation,
  ])
  free.forEach((element, i) => {
    if (binOf[own[i]!] === 1) assigned[element] = VALIDATION
  })
}

function refused(message: string, labels: readonly string[]): WorkbenchError {
  return new WorkbenchError('invalid-input', message, { hint: `The labels are: ${labels.slice(0, 20).join(', ')}.` })
}
