import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Queue } from '../../shared/domain/queue.ts'
import { useTask } from '../connection/useTask.ts'
import { useWorkbench } from '../connection/workbench.ts'

/** The runs that wait for the engine, in the order in which they start. */
export const useQueue = defineStore('queue', () => {
  const { calls, on, whenOpen } = useWorkbench()
  const queue = shallowRef<Queue | null>(null)
  const loading = useTask(calls.experiments.queue)
  const pausing = useTask(calls.experiments.pauseQueue)
  const continuing = useTask(calls.experiments.continueQueue)
  const moving = useTask(calls.experiments.moveInQueue)
  const take = (answer: Queue | undefined) => {
    if (answer) queue.value = answer
    return answer !== undefined
  }
  on('queue.changed', take)
  whenOpen(() => void loading.start({}).then(take))
  return {
    queue,
    error: computed(() => pausing.error.value ?? continuing.error.value ?? moving.error.value),
    changing: computed(() => pausing.running.value || continuing.running.value),
    pause: async () => take(await pausing.start({})),
    goOn: async () => take(await continuing.start({})),
    move: async (id: number, before: number | null) => take(await moving.start({ id, before })),
  }
})
