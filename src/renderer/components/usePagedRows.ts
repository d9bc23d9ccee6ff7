import { onScopeDispose, ref, shallowRef, triggerRef } from 'vue'
import type { WorkbenchError } from '../../shared/domain/errors.ts'
import { asWorkbenchError } from '../connection/useTask.ts'
import { useWorkbench } from '../connection/workbench.ts'

export interface AskedPage {
  readonly offset: number
  readonly limit: number
}

const PAGE = 100
/** Pages that are kept: enough to go back and forth without asking again. */
const MOST_PAGES = 50

/**
 * Rows of a table of any length, loaded a page at a time as they come into sight. When something else is asked for, the old
 * rows stay until the first of the new ones are there.
 *
 * @param fetch is told to stop through `signal` when its page is no longer in sight
 */
export function usePagedRows<T>(
  fetch: (page: AskedPage, signal: AbortSignal) => Promise<{ readonly total: number; readonly rows: readonly T[] }>,
) {
  const total = ref<number | null>(null)
  const error = shallowRef<WorkbenchError | null>(null)
  const loading = ref(false)
  const pages = shallowRef(new Map<number, readonly T[]>())
  const underWay = new Map<number, AbortController>()
  let wanted = { from: 0, to: PAGE }
  /** Whether what is shown is still of what was asked for before. */
  const stale = ref(true)

  const rowAt = (row: number): T | undefined => pages.value.get(Math.floor(row / PAGE))?.[row % PAGE]

  const load = async (page: number) => {
    const mine = new AbortController()
    underWay.set(page, mine)
    loading.value = true
    try {
      const answer = await fetch({ offset: page * PAGE, limit: PAGE }, mine.signal)
      if (mine.signal.aborted) return
      if (stale.value) {
        pages.value = new Map()
        stale.value = false
      }
      total.value = answer.total
      error.value = null
      pages.value.delete(page)
      pages.value.set(page, answer.rows)
      for (const oldest of pages.value.keys()) {
        if (pages.value.size <= MOST_PAGES) break
        pages.value.delete(oldest)
      }
      triggerRef(pages)
    } catch (fault) {
      if (!mine.signal.aborted) error.value = asWorkbenchError(fault)
    } finally {
      if (underWay.get(page) === mine) underWay.delete(page)
      loading.value = underWay.size > 0
    }
    if (!mine.signal.aborted && error.value === null) show(wanted.from, wanted.to)
  }

  /** Loads what is missing of the rows from one to before another, and forgets about others that are still on their way. */
  const show = (from: number, to: number) => {
    wanted = { from, to }
    const last = total.value === null || stale.value ? from : Math.max(from, Math.min(to, total.value) - 1)
    const first = Math.floor(from / PAGE)
    const end = Math.floor(last / PAGE)
    for (const [page, controller] of underWay) {
      if (page >= first && page <= end) continue
      controller.abort()
      underWay.delete(page)
    }
    for (let page = first; page <= end; page++) {
      if (!underWay.has(page) && (stale.value || !pages.value.has(page))) void load(page)
    }
    loading.value = underWay.size > 0
  }

  /** Asks anew, from the row that is to be on top. */
  const reload = (from = wanted.from) => {
    for (const controller of underWay.values()) controller.abort()
    underWay.clear()
    stale.value = true
    error.value = null
    show(from, from + 1)
  }

  onScopeDispose(useWorkbench().whenOpen(() => reload()))
  onScopeDispose(() => {
    for (const controller of underWay.values()) controller.abort()
  })
  return { total, error, loading, stale, rowAt, show, reload }
}
