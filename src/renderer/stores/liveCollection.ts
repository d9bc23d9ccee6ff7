import { computed, ref, shallowRef } from 'vue'
import type { WorkbenchError } from '../../shared/domain/errors.ts'
import { asWorkbenchError } from '../connection/useTask.ts'

/**
 * Things with an id, newest first: loaded whole, then kept up to date by events. The core owns them; this is only what it
 * last said.
 */
export function liveCollection<T extends { readonly id: number }>(fetchAll: () => Promise<readonly T[]>) {
  const byId = shallowRef<ReadonlyMap<number, T>>(new Map())
  const loaded = ref(false)
  const error = shallowRef<WorkbenchError | null>(null)

  const load = async () => {
    error.value = null
    try {
      byId.value = new Map((await fetchAll()).map((item) => [item.id, item]))
      loaded.value = true
    } catch (fault) {
      error.value = asWorkbenchError(fault)
    }
  }
  const put = (item: T) => (byId.value = new Map(byId.value).set(item.id, item))
  const remove = (...ids: readonly number[]) => {
    const left = new Map(byId.value)
    if (ids.filter((id) => left.delete(id)).length > 0) byId.value = left
  }
  const all = computed(() => [...byId.value.values()].sort((a, b) => b.id - a.id))

  return { all, byId, loaded, error, load, put, remove }
}
