import type { Comparison, ComparisonLine } from '../../../shared/domain/comparison.ts'
import { ALL_CELL_TYPES } from '../../../shared/domain/measures.ts'
import { countOf } from '../../../shared/text/numbers.ts'

/** The runs of a line. */
export function runsOf({ members }: Pick<ComparisonLine, 'members'>): readonly number[] {
  return members.flatMap(({ runs }) => runs)
}

/** Runs after some were put in or taken out; null where they are all that there are. */
export function chooseRuns(
  chosen: readonly number[] | null,
  all: readonly number[],
  changed: readonly number[],
  into: boolean,
): readonly number[] | null {
  const after = new Set(chosen ?? all)
  for (const run of changed) {
    if (into) after.add(run)
    else after.delete(run)
  }
  return all.every((run) => after.has(run)) ? null : [...after].sort((a, b) => a - b)
}

/** The lines from the best to the worst by Pearson r over all cell types; those without one last. */
export function rankedLines({ lines, rows }: Pick<Comparison, 'lines' | 'rows'>): readonly ComparisonLine[] {
  const meanOf = ({ key }: ComparisonLine) => {
    const values = rows.filter(({ line, cellType }) => line === key && cellType === ALL_CELL_TYPES).map(({ pearson }) => pearson ?? -2)
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
  const means = new Map(lines.map((line) => [line.key, meanOf(line)]))
  return lines.toSorted((a, b) => means.get(b.key)! - means.get(a.key)!)
}

/** A member of a line in words: `seed 2 (run 7)`, `seed 1 (runs 3 to 7, a fold each)`. */
export function memberInWords({ seed, runs }: ComparisonLine['members'][number]): string {
  const which = runs.length === 1 ? `run ${runs[0]}` : `${countOf(runs.length, 'run')}: ${runs.join(', ')}`
  return seed === null ? which : `seed ${seed} (${which})`
}

/** The sets to choose from, each with what it is of. */
export function setChoices({ sets }: Pick<Comparison, 'sets'>): { readonly value: string; readonly title: string }[] {
  return sets.map(({ key, kind, label, target, runs, elements }) => ({
    value: key,
    title: [
      label,
      target === 'specificity' && 'specificity',
      runs.length > 0 && countOf(runs.length, 'run'),
      countOf(elements, kind === 'shared' ? 'shared element' : 'test element'),
    ]
      .filter(Boolean)
      .join(' · '),
  }))
}
