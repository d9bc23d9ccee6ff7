import { formatBytes } from '../../../shared/text/numbers.ts'
import { joinWords } from '../../../shared/text/splits.ts'

export interface RunDependents {
  readonly bytes: number
  readonly ensembles: readonly { readonly name: string }[]
}
export interface RunPurgeWords {
  readonly title: string
  readonly sentences: readonly string[]
  readonly possible: boolean
}

/** What deleting runs for good means, or why it cannot be done yet. */
export function runPurgeWords(what: string, runs: number, { bytes, ensembles }: RunDependents): RunPurgeWords {
  if (ensembles.length > 0) {
    const names = joinWords(ensembles.map(({ name }) => name))
    return {
      title: `${what[0]!.toUpperCase()}${what.slice(1)} cannot be deleted yet`,
      possible: false,
      sentences: [
        `${names} ${ensembles.length === 1 ? 'is an ensemble' : 'are ensembles'} made of ${runs === 1 ? 'it' : 'some of them'}, and would predict something else without. Delete ${ensembles.length === 1 ? 'the ensemble' : 'the ensembles'} first, on the page Compare.`,
      ],
    }
  }
  return {
    title: `Delete ${what} for good?`,
    possible: true,
    sentences: [
      `This frees ${formatBytes(bytes)} in the workspace and cannot be undone: ${runs === 1 ? 'its' : 'their'} weights, predictions, measures and curves go. The dataset, the split and what was scanned with ${runs === 1 ? 'it' : 'them'} stay.`,
    ],
  }
}
