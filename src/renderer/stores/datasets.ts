import { defineStore } from 'pinia'
import { computed } from 'vue'
import { useWorkbench } from '../connection/workbench.ts'
import { liveCollection } from './liveCollection.ts'

/** Every dataset of the workspace, in brief: those on the shelf and, apart from them, those in the bin. */
export const useDatasets = defineStore('datasets', () => {
  const { calls, on, whenOpen } = useWorkbench()
  const every = liveCollection(async () => {
    const [shelf, bin] = await Promise.all([calls.datasets.list({}), calls.datasets.list({ binned: true })])
    return [...shelf, ...bin]
  })
  on('datasets.changed', every.put)
  on('datasets.removed', ({ id }) => every.remove(id))
  whenOpen(() => void every.load())
  const all = computed(() => every.all.value.filter((dataset) => dataset.binnedAt === null))
  const binned = computed(() => every.all.value.filter((dataset) => dataset.binnedAt !== null))
  const tags = computed(() => [...new Set(all.value.flatMap((dataset) => dataset.tags))].sort((a, b) => a.localeCompare(b)))
  return { ...every, all, binned, tags }
})
