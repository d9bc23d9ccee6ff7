import { computed } from 'vue'
import { useTask } from '../../connection/useTask.ts'
import { useWorkbench } from '../../connection/workbench.ts'

/** Putting runs into the bin and taking them out of it. */
export function useRunBin() {
  const { calls } = useWorkbench()
  const bin = useTask(calls.experiments.bin)
  const restore = useTask(calls.experiments.restore)
  return {
    bin: bin.start,
    restore: restore.start,
    moving: computed(() => bin.running.value || restore.running.value),
    error: computed(() => bin.error.value ?? restore.error.value),
  }
}
