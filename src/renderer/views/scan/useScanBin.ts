import { computed } from 'vue'
import { useTask } from '../../connection/useTask.ts'
import { useWorkbench } from '../../connection/workbench.ts'

/** Putting scans into the bin and taking them out of it. */
export function useScanBin() {
  const { calls } = useWorkbench()
  const bin = useTask(calls.scans.bin)
  const restore = useTask(calls.scans.restore)
  return {
    bin: bin.start,
    restore: restore.start,
    moving: computed(() => bin.running.value || restore.running.value),
    error: computed(() => bin.error.value ?? restore.error.value),
  }
}
