import { defineStore } from 'pinia'
import { computed } from 'vue'
import { demo } from '../../shared/domain/demo.ts'
import { variants, type Variant } from '../../shared/domain/variants.ts'
import { useTask } from '../connection/useTask.ts'
import { useWorkbench } from '../connection/workbench.ts'
import { nextDemoStep } from '../views/home/nextDemoStep.ts'
import { useDatasets } from './datasets.ts'
import { useRuns } from './runs.ts'

/** The demo from one press: simulated data, four variants, and then the comparison. Its making outlives the page that shows it. */
export const useDemo = defineStore('demo', () => {
  const { calls } = useWorkbench()
  const datasets = useDatasets()
  const runs = useRuns()
  const step = computed(() => nextDemoStep(datasets.all, runs.all))

  const exploring = useTask(async (_: undefined, options: Parameters<typeof calls.datasets.simulate>[1] & object) => {
    const now = step.value
    const launch = (dataset: number, chosen: readonly Variant[]) =>
      calls.experiments.launch({ dataset, split: demo.split, variants: [...chosen], recipe: demo.recipe, seeds: [...demo.seeds] })
    const at = (name: 'compare' | 'experiments', dataset: number) => ({ name, query: { dataset } })
    if (now.kind === 'compare') return at('compare', now.dataset)
    if (now.kind === 'launch') await launch(now.dataset, now.variants)
    if (now.kind !== 'simulate') return at('experiments', now.dataset)
    const made = await calls.datasets.simulate({ ...demo.dataset }, options)
    await launch(made.id, variants)
    return at('experiments', made.id)
  })
  return {
    step,
    ready: computed(() => datasets.loaded && runs.loaded),
    /** Does the next step; gives the page that shows it. */
    explore: () => exploring.start(),
    exploring: exploring.running,
    progress: exploring.progress,
    error: exploring.error,
    stop: exploring.stop,
  }
})
