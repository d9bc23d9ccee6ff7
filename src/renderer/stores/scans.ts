import { defineStore } from 'pinia'
import { computed } from 'vue'
import { useWorkbench } from '../connection/workbench.ts'
import { liveCollection } from './liveCollection.ts'

/** Every scan of the workspace, without its scores; those in the bin apart. */
export const useScans = defineStore('scans', () => {
  const { calls, on, whenOpen } = useWorkbench()
  const every = liveCollection(async () => {
    const [listed, bin] = await Promise.all([calls.scans.list({}), calls.scans.list({ binned: true })])
    return [...listed, ...bin]
  })
  on('scans.changed', every.put)
  on('scans.removed', ({ id }) => every.remove(id))
  whenOpen(() => void every.load())
  const all = computed(() => every.all.value.filter((scan) => scan.binnedAt === null))
  const binned = computed(() => every.all.value.filter((scan) => scan.binnedAt !== null))
  return { ...every, all, binned }
})
