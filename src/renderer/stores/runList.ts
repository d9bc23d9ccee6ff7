import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { z } from 'zod'
import { runColumnKeys, runColumns, shownAtFirst, type RunColumnKey } from './runColumns.ts'
import { runRows, type RunQuery, type StateFilter } from './runRows.ts'
import type { Variant } from '../../shared/domain/variants.ts'
import { useRuns } from './runs.ts'

const KEY = 'columns of the list of runs'
const storedSchema = z.array(z.enum(runColumnKeys)).min(1)

function recallColumns(): readonly RunColumnKey[] | null {
  try {
    return storedSchema.parse(JSON.parse(localStorage.getItem(KEY) ?? 'null'))
  } catch {
    return null
  }
}

/** How the list of runs is looked at: it outlives the page, so that one comes back to what one left. */
export const useRunList = defineStore('runList', () => {
  const runs = useRuns()
  const search = ref('')
  const state = ref<StateFilter | null>(null)
  const variant = ref<Variant | null>(null)
  const dataset = ref<number | null>(null)
  const tag = ref<string | null>(null)
  const starred = ref(false)
  const sort = shallowRef<RunQuery['sort']>(null)
  /** Null until they are chosen. */
  const chosenColumns = shallowRef(recallColumns())
  const shownColumns = computed(() => chosenColumns.value ?? shownAtFirst(new Set(runs.all.map((run) => run.dataset)).size))
  const chosen = shallowRef<ReadonlySet<number>>(new Set())

  watch(chosenColumns, (keys) => {
    try {
      if (keys) localStorage.setItem(KEY, JSON.stringify(keys))
      else localStorage.removeItem(KEY)
    } catch {
      // A page that may keep nothing shows its first columns again after a reload.
    }
  })
  const rows = computed(() =>
    runRows(runs.all, {
      search: search.value,
      state: state.value,
      variant: variant.value,
      dataset: dataset.value,
      tag: tag.value,
      starred: starred.value,
      sort: sort.value,
    }),
  )
  const filtered = computed(
    () => search.value.trim() !== '' || starred.value || [state, variant, dataset, tag].some(({ value }) => value !== null),
  )
  /** The name always stands, for it leads to the run. */
  const columns = computed(() => runColumns.filter(({ key }) => key === 'name' || shownColumns.value.includes(key)))
  /** Those chosen that are still in the list, in the order in which they were made. */
  const selection = computed(() => runs.all.filter(({ id }) => chosen.value.has(id)).reverse())

  return {
    search,
    state,
    variant,
    dataset,
    tag,
    starred,
    sort,
    rows,
    filtered,
    columns,
    chosenColumns,
    shownColumns,
    chosen,
    selection,
    showAll: () => {
      search.value = ''
      starred.value = false
      state.value = variant.value = dataset.value = tag.value = null
    },
    choose: (ids: readonly number[], wanted: boolean) => {
      const next = new Set(chosen.value)
      for (const id of ids)
        if (wanted) next.add(id)
        else next.delete(id)
      chosen.value = next
    },
    chooseNone: () => (chosen.value = new Set()),
  }
})
