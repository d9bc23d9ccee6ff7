import type { Comparison } from '../../shared/domain/comparison.ts'
import { ALL_CELL_TYPES } from '../../shared/domain/measures.ts'
import { activeRunStates, type Run } from '../../shared/domain/run.ts'
import { targetsInWords } from '../../shared/domain/settingWords.ts'
import { variants } from '../../shared/domain/variants.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readMeasures } from '../db/results.ts'
import { readRun, readRuns } from '../db/runs.ts'
import { readDatasetSummary } from '../db/datasets.ts'
import { readAssignment, readSplit } from '../db/splits.ts'
import { partsOfSplit } from '../experiments/partsOfSplit.ts'

/**
 * The measures of a dataset's completed runs on the test part, like with like: only runs that predict the same target and were
 * tested on the very same elements stand side by side. Where there are several such sets, it is the one with the most runs, of equal ones the one
 * with the newest run; the others are left out, and the reason says so. Rows are ordered by variant, run and cell type.
 *
 * @param named the runs to compare; all completed ones of the dataset where not given
 * @throws WorkbenchError `not-found` for a dataset or run that is not there
 */
export function compareRuns(database: ReadableDatabase, dataset: number, named?: readonly number[]): Comparison {
  const cellTypes = readDatasetSummary(database, dataset).cellTypes.map(({ name }) => name)
  const leftOut: Comparison['leftOut'] = []
  const completed: Run[] = []
  const candidates = named
    ? [...new Set(named)].map((id) => readRun(database, id))
    : readRuns(database, dataset).filter(({ state }) => state === 'completed')
  for (const run of candidates) {
    const reason = unfit(run, dataset)
    if (reason) leftOut.push({ run: run.id, reason })
    else completed.push(run)
  }
  const sets = groupByTest(database, completed)
  const chosen = sets.toSorted((a, b) => b.runs.length - a.runs.length || newest(b.runs) - newest(a.runs))[0]
  for (const { runs } of sets.filter((set) => set !== chosen)) {
    for (const run of runs)
      leftOut.push({
        run: run.id,
        reason:
          otherTarget(run, chosen!.runs[0]!) ??
          `Tested on other elements: its split is “${readSplit(database, run.split).name}”, that of the runs compared “${readSplit(database, chosen!.runs[0]!.split).name}”.`,
      })
  }
  const order = (run: Run) => variants.indexOf(run.variant)
  const rows = (chosen?.runs ?? [])
    .toSorted((a, b) => order(a) - order(b) || a.id - b.id)
    .flatMap((run) => {
      const measures = readMeasures(database, run.id, 'test')
      return [...cellTypes, ALL_CELL_TYPES].map((cellType) => ({ run: run.id, variant: run.variant, cellType, ...measures.get(cellType)! }))
    })
  return { dataset, cellTypes, testElements: chosen?.testElements ?? 0, rows, leftOut: leftOut.toSorted((a, b) => a.run - b.run) }
}

function unfit(run: Run, dataset: number): string | undefined {
  if (run.dataset !== dataset) return `Trained on another dataset, ${run.datasetName}.`
  if (run.state === 'completed') return undefined
  return activeRunStates.includes(run.state)
    ? 'Not trained to its end yet.'
    : `Not trained to its end: it ${run.state === 'failed' ? 'failed' : `was ${run.state}`}.`
}

/** Two splits may have the same test part though they were made apart: the elements decide, not the split's number. */
function groupByTest(database: ReadableDatabase, runs: readonly Run[]): { runs: Run[]; testElements: number }[] {
  const testOf = new Map<number, Int32Array>()
  const sets = new Map<string, { runs: Run[]; testElements: number }>()
  for (const run of runs) {
    const test = testOf.get(run.split) ?? partsOfSplit(readAssignment(database, run.split)).test
    testOf.set(run.split, test)
    const key = `${run.recipe.target} ${test.join()}`
    const set = sets.get(key) ?? { runs: [], testElements: test.length }
    set.runs.push(run)
    sets.set(key, set)
  }
  return [...sets.values()]
}

function otherTarget({ recipe: { target } }: Run, { recipe: { target: compared } }: Run): string | undefined {
  if (target === compared) return undefined
  return `Predicts ${targetsInWords[target]}, the runs compared ${targetsInWords[compared]}: their errors are in different units.`
}

function newest(runs: readonly Run[]): number {
  return Math.max(...runs.map(({ id }) => id))
}
