import type { DatasetDetail } from '../../shared/domain/dataset.ts'
import type { CommandResult } from './command.ts'

/** What a command says of the dataset that it made. */
export function datasetMade(dataset: DatasetDetail): CommandResult {
  const { id, name, elements, rows, cellTypes, unmatched, report } = dataset
  const lines = [
    `${name}: ${counted(elements, 'element')}, ${counted(rows, 'row')} in ${cellTypes.map((cellType) => `${cellType.name} (${cellType.measured})`).join(', ')}.`,
    `Not matched: ${counted(unmatched.sequences, 'sequence')} without activity, ${counted(unmatched.activities, 'activity name')} without sequence.`,
    ...report.notes.map(({ message }) => message),
  ]
  const notes = report.notes.map(({ kind, message, count }) => ({ kind, message, count }))
  return {
    json: { dataset: id, name, elements, rows, cellTypes: cellTypes.map((cellType) => cellType.name), unmatched, notes },
    text: `${lines.join('\n')}\n`,
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
