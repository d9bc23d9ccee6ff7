import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { activeRunStates, type RunProgress } from '../../shared/domain/run.ts'
import { useWorkbench } from '../connection/workbench.ts'
import { liveCollection } from './liveCollection.ts'

/** Every run of the workspace and where the running ones stand; those in the bin apart. */
export const useRuns = defineStore('runs', () => {
  const { calls, on, whenOpen } = useWorkbench()
  const every = liveCollection(async () => {
    const [listed, bin] = await Promise.all([calls.experiments.runs({}), calls.experiments.runs({ binned: true })])
    return [...listed, ...bin]
  })
  const progress = shallowRef<ReadonlyMap<number, RunProgress>>(new Map())
  on('runs.changed', (run) => {
    every.put(run)
    if (!activeRunStates.includes(run.state) && progress.value.has(run.id)) {
      const left = new Map(progress.value)
      left.delete(run.id)
      progress.value = left
    }
  })
  on('runs.removed', ({ ids }) => every.remove(...ids))
  on('runs.progress', (value) => (progress.value = new Map(progress.value).set(value.run, value)))
  whenOpen(() => {
    progress.value = new Map()
    void every.load()
  })
  const all = computed(() => every.all.value.filter((run) => run.binnedAt === null))
  const binned = computed(() => every.all.value.filter((run) => run.binnedAt !== null))
  const active = computed(() => all.value.filter((run) => activeRunStates.includes(run.state)))
  const completed = computed(() => all.value.filter((run) => run.state === 'completed'))
  const tags = computed(() => [...new Set(all.value.flatMap((run) => run.tags))].sort((a, b) => a.localeCompare(b)))
  return { ...every, all, binned, progress, active, completed, tags }
})
