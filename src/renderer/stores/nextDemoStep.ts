import type { DatasetSummary } from '../../shared/domain/dataset.ts'
import { demo } from '../../shared/domain/demo.ts'
import { activeRunStates, restartableRunStates, type Run, type RunProgress } from '../../shared/domain/run.ts'
import { variants, type Variant } from '../../shared/domain/variants.ts'

export type DemoStep =
  | { readonly kind: 'simulate' }
  /** Variants to train from the start, and runs that stopped short to go on with. */
  | { readonly kind: 'train'; readonly dataset: number; readonly variants: readonly Variant[]; readonly resume: readonly number[] }
  | { readonly kind: 'watch'; readonly dataset: number }
  | { readonly kind: 'compare'; readonly dataset: number }

/** What "Explore the demo" does next: make its data, train the variants that have no result yet, watch them, or compare. */
export function nextDemoStep(datasets: readonly DatasetSummary[], runs: readonly Run[]): DemoStep {
  // A larger simulated dataset is somebody's own, to measure with; one in the bin is out of the way.
  const isDemo = ({ simulated, elements, binnedAt }: DatasetSummary) => simulated && elements === demo.dataset.elements && !binnedAt
  const dataset = datasets.filter(isDemo).at(-1)?.id
  if (dataset === undefined) return { kind: 'simulate' }
  const own = demoRuns(dataset, runs)
  const isActive = ({ state }: Run) => activeRunStates.includes(state)
  const missing = variants.filter((variant) => !own.some((run) => run.variant === variant && (run.state === 'completed' || isActive(run))))
  if (missing.length) {
    const resume = own.filter(({ variant, state }) => missing.includes(variant) && restartableRunStates.includes(state))
    const left = missing.filter((variant) => !resume.some((run) => run.variant === variant))
    return { kind: 'train', dataset, variants: left, resume: resume.map(({ id }) => id).sort((a, b) => a - b) }
  }
  return { kind: own.some(isActive) ? 'watch' : 'compare', dataset }
}

/** The newest run of each variant as the demo trains it; what a person trained on its data in another way is not the demo's. */
export function demoRuns(dataset: number, runs: readonly Run[]): readonly Run[] {
  const own = runs.filter((run) => run.dataset === dataset && run.splitKind === demo.split.kind && demo.seeds.includes(run.seed))
  return variants.flatMap((variant) => {
    const all = own.filter((run) => run.variant === variant).sort((a, b) => b.id - a.id)
    return all.find(({ state }) => state === 'completed') ?? all.find(({ state }) => activeRunStates.includes(state)) ?? all[0] ?? []
  })
}

/** How far the demo's training is, over all its runs: in epochs, and in words. */
export function demoProgress(
  runs: readonly Run[],
  progress: ReadonlyMap<number, RunProgress>,
): { readonly stage: string; readonly done: number; readonly total: number } {
  const total = runs.reduce((sum, { recipe }) => sum + recipe.epochs, 0)
  const done = runs.reduce((sum, { id, state, epochs, recipe }) => {
    if (state === 'completed') return sum + recipe.epochs
    const at = progress.get(id)
    return sum + epochs + (at && at.epoch > epochs && at.steps > 0 ? at.step / at.steps : 0)
  }, 0)
  const finished = runs.filter(({ state }) => state === 'completed').length
  const running = runs.find(({ state }) => state === 'running')
  const stage = running ? `Training ${running.variant}, ${finished + 1} of ${runs.length} variants` : 'Starting the engine'
  return { stage: finished === runs.length ? 'Trained' : stage, done, total }
}
