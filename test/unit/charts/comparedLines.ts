import type { Certainty, Comparison, ComparisonLine, ComparisonRow } from '../../../src/shared/domain/comparison.ts'
import type { Variant } from '../../../src/shared/domain/variants.ts'

/** Measures of a run of a line in one cell type: `pearson` as given, all others made up from it. */
export function measured(line: string, run: number, cellType: string, pearson: number | null, mse = 0.5): ComparisonRow {
  const rest = { n: 100, mse, rmse: Math.sqrt(mse), mae: 0.4, spearman: pearson, r2: 0.1 }
  return { line, run, ensemble: null, variant: line.split(/[ ,]/)[0] as Variant, seed: run, cellType, pearson, ...rest }
}

/** A comparison of the lines that its rows name, in the order in which they are named. */
export function comparisonOf(rows: readonly ComparisonRow[], cellTypes = ['HepG2'], ceilings?: readonly (number | null)[]): Comparison {
  const lines = [...new Set(rows.map(({ line }) => line))].map((key): ComparisonLine => {
    const own = rows.filter(({ line }) => line === key)
    const runs = [...new Set(own.map(({ run }) => run!))]
    return { key, label: key, variant: own[0]!.variant, ensemble: null, members: runs.map((run) => ({ seed: run, runs: [run] })) }
  })
  return {
    dataset: 1,
    cellTypes,
    target: 'log2',
    sets: [],
    set: 'one',
    testElements: 100,
    groups: 90,
    ceilings: [...(ceilings ?? cellTypes.map(() => null))],
    lines,
    rows: [...rows],
    leftOut: [],
  }
}

/** Certainty of Pearson r with intervals of ± 0.05 about the mean of each line, `best` as named by `line cellType`. */
export function certaintyOf(comparison: Comparison, best: readonly string[] = []): Certainty {
  const cellTypes = [...comparison.cellTypes, 'all']
  const cells = comparison.lines.flatMap(({ key }) =>
    cellTypes.map((cellType): Certainty['cells'][number] => {
      const values = comparison.rows.filter((row) => row.line === key && row.cellType === cellType).map(({ pearson }) => pearson)
      const mean = values.length && values.every((value) => value !== null) ? values.reduce((a, b) => a + b, 0) / values.length : null
      const interval = mean === null ? { low: null, high: null } : { low: mean - 0.05, high: mean + 0.05 }
      return { line: key, cellType, n: 100, mean, sd: null, ...interval, best: best.includes(`${key} ${cellType}`) }
    }),
  )
  return { measure: 'pearson', resamples: 1000, seed: 1, groups: comparison.groups, cells, pairs: [], verdicts: [] }
}
