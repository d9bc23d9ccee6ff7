import type { WorkbenchHandlers } from '../../shared/contract/workbench.ts'
import { breather } from '../datasets/breathe.ts'
import { readCurve } from '../db/epochs.ts'
import { certaintyOf } from './certaintyOf.ts'
import { compareRuns } from './compareRuns.ts'
import { disagreements } from './disagreements.ts'
import type { EstimateMemory } from './estimateLines.ts'
import { examine } from './examine.ts'
import { predictionsTable } from './predictionsTable.ts'
import { prepareComparison, type ComparisonSources } from './prepareComparison.ts'

/** The calls about comparisons. They change nothing. */
export function comparisonHandlers(sources: ComparisonSources): WorkbenchHandlers['comparisons'] {
  const memory: EstimateMemory = new Map()
  return {
    compare: (selection, { signal }) => compareRuns(sources, selection, breather(signal)),
    certainty: (request, { signal, progress }) =>
      certaintyOf(
        sources,
        request,
        { signal, breathe: breather(signal), told: (done) => progress({ stage: 'Resampling', done, total: request.resamples }) },
        memory,
      ),
    curves: (selection) =>
      prepareComparison(sources, selection).lines.flatMap(({ key, contestants }) =>
        contestants.flatMap(({ runs }) => runs.map(({ id: run }) => ({ run, line: key, curve: readCurve(sources.database, run) }))),
      ),
    examine: (request, { signal }) => examine(sources, request, breather(signal)),
    disagreements: (request) => disagreements(sources, request),
    predictions: (selection, { signal }) => predictionsTable(sources, selection, breather(signal)),
  }
}
