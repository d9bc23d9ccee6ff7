import type { Dependents } from '../../../shared/domain/shelf.ts'
import { countOf, formatBytes } from '../../../shared/text/numbers.ts'
import { joinWords } from '../../../shared/text/splits.ts'

export interface PurgeWords {
  readonly title: string
  readonly sentences: readonly string[]
  readonly possible: boolean
}

/** What deleting a dataset for good means, or why it cannot be done yet. */
export function purgeWords(name: string, { runs, splits, derived, bytes }: Dependents): PurgeWords {
  const trained = runs.reduce((sum, { count }) => sum + count, 0)
  const made =
    derived.length > 0
      ? [
          `${joinWords(derived.map((dataset) => dataset.name))} ${derived.length === 1 ? 'was' : 'were'} made from it, and ${derived.length === 1 ? 'stays' : 'stay'} whole.`,
        ]
      : []
  if (trained > 0) {
    return {
      title: `${name} cannot be deleted yet`,
      possible: false,
      sentences: [
        `${countOf(trained, 'run')} ${trained === 1 ? 'was' : 'were'} trained on it, and ${trained === 1 ? 'its' : 'their'} results would mean nothing without it. It can be deleted once no run needs it; ${trained === 1 ? 'the run stays' : 'the runs stay'} for now, and the dataset stays in the bin, out of the way.`,
        ...made,
      ],
    }
  }
  return {
    title: `Delete ${name} for good?`,
    possible: true,
    sentences: [
      `This frees ${formatBytes(bytes)} in the workspace and cannot be undone. Your own files are not touched.`,
      ...(splits > 0 ? [`${countOf(splits, 'split')} ${splits === 1 ? 'goes' : 'go'} with it.`] : []),
      ...made,
    ],
  }
}
