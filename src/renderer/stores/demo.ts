import { defineStore } from 'pinia'
import { computed, watch } from 'vue'
import type { StageProgress } from '../../shared/contract/calls/inputs.ts'
import type { CallOptions } from '../../shared/contract/contract.ts'
import { demo } from '../../shared/domain/demo.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { activeRunStates } from '../../shared/domain/run.ts'
import { useTask } from '../connection/useTask.ts'
import { useWorkbench } from '../connection/workbench.ts'
import { useDatasets } from './datasets.ts'
import { demoProgress, demoRuns, nextDemoStep } from './nextDemoStep.ts'
import { useRuns } from './runs.ts'

/**
 * The demo from one press: simulated data, four variants trained on it, and then the comparison. Its making outlives the page
 * that shows it, and goes on where it was left.
 */
export const useDemo = defineStore('demo', () => {
  const { calls } = useWorkbench()
  const datasets = useDatasets()
  const runs = useRuns()
  const step = computed(() => nextDemoStep(datasets.all, runs.all))

  /** Waits until none of the demo's runs is under way any more. @throws WorkbenchError where one of them waits for nothing */
  const whenTrained = (dataset: number, { signal, onProgress }: CallOptions<StageProgress>) =>
    new Promise<void>((resolve, reject) => {
      const over = new AbortController()
      signal?.addEventListener('abort', () => reject(new WorkbenchError('cancelled', 'Stopped.')), { signal: over.signal })
      const own = computed(() => demoRuns(dataset, runs.all))
      const look = () => {
        onProgress?.(demoProgress(own.value, runs.progress))
        const stuck = own.value.find(({ state, message }) => state === 'failed' || (state === 'queued' && message !== null))
        if (stuck) reject(new WorkbenchError('unavailable', stuck.message ?? `Run ${stuck.id} failed.`))
        else if (own.value.some(({ state }) => activeRunStates.includes(state)) && !signal?.aborted) return
        else resolve()
        over.abort()
      }
      const unwatch = watch([own, () => runs.progress], look)
      over.signal.addEventListener('abort', unwatch)
      signal?.addEventListener('abort', unwatch, { signal: over.signal })
      look()
    })

  const exploring = useTask(async (_: undefined, options: CallOptions<StageProgress>) => {
    let now = step.value
    if (now.kind === 'simulate') {
      const made = await calls.datasets.simulate({ ...demo.dataset, name: freeName() }, options)
      datasets.put(made)
      now = nextDemoStep(datasets.all, runs.all)
    }
    if (now.kind === 'train') {
      const { dataset, variants, resume } = now
      for (const id of resume) runs.put(await calls.experiments.resume({ id }, options))
      if (variants.length) {
        const launched = await calls.experiments.launch(
          { dataset, split: demo.split, variants: [...variants], recipe: demo.recipe, seeds: [...demo.seeds] },
          options,
        )
        for (const run of launched) runs.put(run)
      }
      now = nextDemoStep(datasets.all, runs.all)
    }
    if (now.kind === 'watch') {
      await whenTrained(now.dataset, options)
      now = nextDemoStep(datasets.all, runs.all)
    }
    if (now.kind === 'simulate') return { name: 'home' }
    return { name: now.kind === 'compare' ? 'compare' : 'experiments', query: { dataset: now.dataset } }
  })

  const freeName = () => {
    const taken = new Set(datasets.all.map(({ name }) => name))
    for (let number = 1; ; number++) {
      const name = number === 1 ? demo.dataset.name : `${demo.dataset.name} (${number})`
      if (!taken.has(name)) return name
    }
  }
  /** Ends the training too: what it has so far is kept, and the next press goes on from there. */
  const stop = () => {
    exploring.stop()
    const now = step.value
    if (now.kind !== 'watch') return
    for (const { id, state } of demoRuns(now.dataset, runs.all))
      if (activeRunStates.includes(state)) calls.experiments.stop({ id }).catch(() => undefined)
  }

  return {
    step,
    ready: computed(() => datasets.loaded && runs.loaded),
    /** Does all that is left to do; gives the page that shows the result. */
    explore: () => exploring.start(),
    exploring: exploring.running,
    progress: exploring.progress,
    error: exploring.error,
    stop,
  }
})
