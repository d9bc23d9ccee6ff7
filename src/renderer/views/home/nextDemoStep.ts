import type { DatasetSummary } from '../../../shared/domain/dataset.ts'
import { activeRunStates, type Run } from '../../../shared/domain/run.ts'
import { variants, type Variant } from '../../../shared/domain/variants.ts'

export type DemoStep =
  | { readonly kind: 'simulate' }
  | { readonly kind: 'launch'; readonly dataset: number; readonly variants: readonly Variant[] }
  | { readonly kind: 'watch'; readonly dataset: number }
  | { readonly kind: 'compare'; readonly dataset: number }

/** What "Explore the demo" does next: make its data, train the variants that have no result yet, watch them, or compare. */
export function nextDemoStep(datasets: readonly DatasetSummary[], runs: readonly Run[]): DemoStep {
  const dataset = datasets.filter((one) => one.simulated).at(-1)?.id
  if (dataset === undefined) return { kind: 'simulate' }
  const own = runs.filter((run) => run.dataset === dataset)
  const active = own.filter((run) => activeRunStates.includes(run.state))
  const missing = variants.filter(
    (variant) => !own.some((run) => run.variant === variant && (run.state === 'completed' || active.includes(run))),
  )
  if (missing.length) return { kind: 'launch', dataset, variants: missing }
  return { kind: active.length ? 'watch' : 'compare', dataset }
}
