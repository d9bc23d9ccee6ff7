import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { activeRunStates, type RunProgress } from '../../shared/domain/run.ts'
import { useWorkbench } from '../connection/workbench.ts'
import { liveCollection } from './liveCollection.ts'

/** Every run of the workspace, and where the running ones stand. */
export const useRuns = defineStore('runs', () => {
  const workbench = useWorkbench()
  const runs = liveCollection(() => workbench.calls.experiments.runs({}))
  const progress = shallowRef<ReadonlyMap<number, RunProgress>>(new Map())
  workbench.on('runs.changed', (run) => {
    runs.put(run)
    if (!activeRunStates.includes(run.state) && progress.value.has(run.id)) {
      const left = new Map(progress.value)
      left.delete(run.id)
      progress.value = left
    }
  })
  workbench.on('runs.progress', (value) => (progress.value = new Map(progress.value).set(value.run, value)))
  workbench.whenOpen(() => {
    progress.value = new Map()
    void runs.load()
  })
  const active = computed(() => runs.all.value.filter((run) => activeRunStates.includes(run.state)))
  const completed = computed(() => runs.all.value.filter((run) => run.state === 'completed'))
  return { ...runs, progress, active, completed }
})
