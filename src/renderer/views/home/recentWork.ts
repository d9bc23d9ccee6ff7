import type { DatasetSummary } from '../../../shared/domain/dataset.ts'
import type { Run, RunState } from '../../../shared/domain/run.ts'
import type { Scan } from '../../../shared/domain/scan.ts'
import { countOf, formatDecimal } from '../../../shared/text/numbers.ts'

export interface Work {
  readonly key: string
  readonly to: string
  readonly title: string
  readonly fact: string
  readonly state: RunState | null
  readonly at: string
}

/** What was done last, whatever it was, newest first. */
export function recentWork(datasets: readonly DatasetSummary[], runs: readonly Run[], scans: readonly Scan[], limit = 8): readonly Work[] {
  return [
    ...datasets.map((dataset): Work => ({
      key: `dataset ${dataset.id}`,
      to: `/datasets/${dataset.id}`,
      title: dataset.name,
      fact: `Dataset · ${countOf(dataset.elements, 'element')}`,
      state: null,
      at: dataset.createdAt,
    })),
    ...runs.map((run): Work => ({
      key: `run ${run.id}`,
      to: `/experiments/runs/${run.id}`,
      title: `Run ${run.id} · ${run.variant}`,
      fact: run.testPearson === null ? run.datasetName : `${run.datasetName} · test Pearson ${formatDecimal(run.testPearson)}`,
      state: run.state,
      at: run.finishedAt ?? run.startedAt ?? run.createdAt,
    })),
    ...scans.map((scan): Work => ({
      key: `scan ${scan.id}`,
      to: `/scan/${scan.id}`,
      title: scan.name,
      fact: `Scan · ${countOf(scan.scored, 'sequence')} scored`,
      state: scan.state,
      at: scan.createdAt,
    })),
  ]
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    .slice(0, limit)
}
