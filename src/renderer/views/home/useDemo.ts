import { computed } from 'vue'
import { useRouter } from 'vue-router'
import { demo } from '../../../shared/domain/demo.ts'
import { variants, type Variant } from '../../../shared/domain/variants.ts'
import { useTask } from '../../connection/useTask.ts'
import { useWorkbench } from '../../connection/workbench.ts'
import { useDatasets } from '../../stores/datasets.ts'
import { useRuns } from '../../stores/runs.ts'
import { nextDemoStep } from './nextDemoStep.ts'

/** The demo from one press: simulated data, four variants, and then the comparison. */
export function useDemo() {
  const { calls } = useWorkbench()
  const router = useRouter()
  const datasets = useDatasets()
  const runs = useRuns()
  const step = computed(() => nextDemoStep(datasets.all, runs.all))

  const exploring = useTask(async (_: undefined, options: Parameters<typeof calls.datasets.simulate>[1] & object) => {
    const now = step.value
    if (now.kind === 'compare') return router.push({ name: 'compare', query: { dataset: now.dataset } })
    if (now.kind === 'watch') return router.push({ name: 'experiments', query: { dataset: now.dataset } })
    const launch = (dataset: number, chosen: readonly Variant[]) =>
      calls.experiments.launch({ dataset, split: demo.split, variants: [...chosen], recipe: demo.recipe, seeds: [...demo.seeds] })
    if (now.kind === 'launch') {
      await launch(now.dataset, now.variants)
      return router.push({ name: 'experiments', query: { dataset: now.dataset } })
    }
    const made = await calls.datasets.simulate({ ...demo.dataset }, options)
    await launch(made.id, variants)
    return router.push({ name: 'experiments', query: { dataset: made.id } })
  })
  return { step, exploring, ready: computed(() => datasets.loaded && runs.loaded) }
}
