import { ref, watch, type WatchSource } from 'vue'
import { useLoaded } from '../connection/useLoaded.ts'
import { useDelayed } from './useDelayed.ts'

/** A page of a table that the core searches and pages. */
export interface SearchedPage {
  readonly offset: number
  readonly limit: number
  readonly search: string
}

/**
 * A table of which one page is loaded at a time, those rows alone whose name holds the search. Another search, or a change
 * of anything in `order`, begins on the first page again.
 */
export function usePagedSearch<T>(limit: number, fetch: (page: SearchedPage) => Promise<T>, order: readonly WatchSource[] = []) {
  const search = ref('')
  const settled = useDelayed(search)
  const offset = ref(0)
  const { value, error, load } = useLoaded(() => fetch({ offset: offset.value, limit, search: settled.value }))
  watch([settled, ...order], () => (offset.value = 0))
  watch([settled, ...order, offset], load)
  return { search, settled, offset, value, error, load }
}
