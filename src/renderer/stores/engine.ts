import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { EngineCheck, EngineStatus } from '../../shared/domain/engine.ts'
import { useTask } from '../connection/useTask.ts'
import { useWorkbench } from '../connection/workbench.ts'

/** The engine's state in one line, and what its last check said. */
export const useEngine = defineStore('engine', () => {
  const workbench = useWorkbench()
  const status = shallowRef<EngineStatus | null>(null)
  const lastCheck = shallowRef<EngineCheck | null>(null)
  const checking = useTask(workbench.calls.engine.check)
  const fetching = useTask(workbench.calls.engine.fetchCuda)
  workbench.on('engine.changed', (value) => (status.value = value))
  workbench.whenOpen(() => {
    workbench.calls.engine.status({}).then(
      (value) => (status.value = value),
      () => (status.value = null),
    )
  })
  const check = async () => {
    const answer = await checking.start({})
    if (answer) lastCheck.value = answer
  }
  /** Fetches CUDA, then looks whether it helps. */
  const fetchCuda = async () => {
    if (await fetching.start({})) await check()
  }
  return {
    status,
    lastCheck,
    check,
    stop: checking.stop,
    checking: checking.running,
    checkProgress: checking.progress,
    checkError: checking.error,
    fetchCuda,
    stopFetching: fetching.stop,
    fetching: fetching.running,
    fetchProgress: fetching.progress,
    fetchError: fetching.error,
  }
})
