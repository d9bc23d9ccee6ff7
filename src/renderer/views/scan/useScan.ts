import { computed, onScopeDispose } from 'vue'
import { useLoaded } from '../../connection/useLoaded.ts'
import { useWorkbench } from '../../connection/workbench.ts'
import { useScans } from '../../stores/scans.ts'

/** A scan with its skipped records, and how it stands now. */
export function useScan(id: number) {
  const { calls, on } = useWorkbench()
  const scans = useScans()
  const { value: detail, error, load } = useLoaded(() => calls.scans.get({ id }))
  onScopeDispose(on('scans.changed', (changed) => changed.id === id && changed.state !== 'running' && void load()))
  const scan = computed(() => scans.byId.get(id) ?? detail.value)
  return { detail, scan, error, load }
}
