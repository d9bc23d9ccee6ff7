import type { CallContext } from '../../shared/contract/contract.ts'
import type { StageProgress } from '../../shared/contract/calls/inputs.ts'
import type { WorkbenchHandlers } from '../../shared/contract/workbench.ts'
import type { ComparisonSelection } from '../../shared/domain/comparison.ts'
import { keepsAll } from '../../shared/domain/elementFilter.ts'
import type { MeasureName } from '../../shared/domain/measures.ts'
import { filterSentence } from '../../shared/text/filterSentence.ts'
import type { ReportMaterial } from './reportMaterial.ts'

/** The calls of the page that a report is made from: what it says can be no other than what the page shows. */
export interface ReportSources {
  readonly comparisons: Pick<WorkbenchHandlers['comparisons'], 'compare' | 'certainty' | 'curves' | 'examine'>
  readonly datasets: Pick<WorkbenchHandlers['datasets'], 'get' | 'origin'>
  readonly splits: Pick<WorkbenchHandlers['splits'], 'list'>
  readonly experiments: Pick<WorkbenchHandlers['experiments'], 'run'>
  readonly ensembles: Pick<WorkbenchHandlers['ensembles'], 'list'>
  readonly workspace: Pick<WorkbenchHandlers['workspace'], 'info'>
}

export type AskedReport = ComparisonSelection & { readonly measure: MeasureName; readonly question: string }

/** Asks for all that a report of a comparison says. @throws WorkbenchError as those calls do */
export async function gatherMaterial(
  { comparisons, datasets, splits, experiments, ensembles, workspace }: ReportSources,
  { measure, question, ...selection }: AskedReport,
  madeAt: string,
  { signal, progress }: CallContext<StageProgress>,
): Promise<ReportMaterial> {
  const quiet = { signal, progress: () => {} }
  const stage = (words: string, done = 0, total: number | null = null) => {
    signal.throwIfAborted()
    progress({ stage: words, done, total })
  }
  stage('Comparing')
  const comparison = await comparisons.compare(selection, quiet)
  // Whatever is asked from here on is of the very set that is told.
  const chosen = { ...selection, ...(comparison.set !== null && { set: comparison.set }) }
  stage('Measuring how sure it is')
  const certainty = await comparisons.certainty({ ...chosen, measure, resamples: 1000, seed: 1 }, { signal, progress })
  const examinations = []
  for (const [i, { key }] of comparison.lines.entries()) {
    stage('Looking at predictions', i, comparison.lines.length)
    examinations.push(await comparisons.examine({ ...chosen, line: key, member: null, motifs: false }, quiet))
  }
  stage('Reading runs')
  const curves = await comparisons.curves(chosen, quiet)
  const inLines = new Set(comparison.lines.flatMap(({ ensemble }) => ensemble ?? []))
  const chosenEnsembles = inLines.size === 0 ? [] : (await ensembles.list({}, quiet)).filter(({ id }) => inLines.has(id))
  const ids = [
    ...comparison.lines.flatMap(({ members }) => members.flatMap(({ runs }) => runs)),
    ...chosenEnsembles.flatMap(({ runs }) => runs),
  ]
  const runs = []
  for (const id of [...new Set(ids)].sort((a, b) => a - b)) runs.push(await experiments.run({ id }, quiet))
  const used = new Set(runs.map(({ split }) => split))
  const { versions } = await workspace.info({}, quiet)
  const id = selection.dataset
  const splitsOfDataset = await splits.list({ dataset: id }, quiet)
  const splitName = (split: number) => splitsOfDataset.find((one) => one.id === split)?.name ?? `number ${split}`
  return {
    question,
    comparison,
    certainty,
    curves,
    examinations,
    dataset: await datasets.get({ id }, quiet),
    origin: await datasets.origin({ id }, quiet),
    splits: splitsOfDataset.filter((split) => used.has(split.id)),
    runs,
    ensembles: chosenEnsembles,
    filter: keepsAll(selection.filter) ? null : filterSentence(selection.filter, splitName),
    madeAt,
    versions,
  }
}
