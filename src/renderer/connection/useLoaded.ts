import { onScopeDispose, ref, shallowRef } from 'vue'
import type { WorkbenchError } from '../../shared/domain/errors.ts'
import { asWorkbenchError } from './useTask.ts'
import { useWorkbench } from './workbench.ts'

/** Something that a page shows: loaded when the page opens, again after a reconnection and when asked. The last answer stays until the next. */
export function useLoaded<T>(fetch: () => Promise<T>) {
  const value = shallowRef<T | null>(null)
  const error = shallowRef<WorkbenchError | null>(null)
  const loading = ref(false)
  let latest = 0

  const load = async () => {
    const mine = ++latest
    loading.value = true
    try {
      const answer = await fetch()
      if (mine !== latest) return
      value.value = answer
      error.value = null
    } catch (fault) {
      if (mine === latest) error.value = asWorkbenchError(fault)
    } finally {
      if (mine === latest) loading.value = false
    }
  }
  onScopeDispose(useWorkbench().whenOpen(() => void load()))
  return { value, error, loading, load }
}
