import { computed } from 'vue'
import { useTask } from '../../connection/useTask.ts'
import { useWorkbench } from '../../connection/workbench.ts'

/** Putting datasets into the bin and taking them out of it. */
export function useDatasetBin() {
  const { calls } = useWorkbench()
  const bin = useTask(calls.datasets.bin)
  const restore = useTask(calls.datasets.restore)
  return {
    bin: bin.start,
    restore: restore.start,
    moving: computed(() => bin.running.value || restore.running.value),
    error: computed(() => bin.error.value ?? restore.error.value),
  }
}
