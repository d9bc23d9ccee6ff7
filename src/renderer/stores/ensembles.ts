import { defineStore } from 'pinia'
import { computed } from 'vue'
import { useWorkbench } from '../connection/workbench.ts'
import { liveCollection } from './liveCollection.ts'

/** The ensembles of the workspace; those in the bin apart. */
export const useEnsembles = defineStore('ensembles', () => {
  const { calls, on, whenOpen } = useWorkbench()
  const every = liveCollection(() => calls.ensembles.list({}))
  on('ensembles.changed', every.put)
  on('ensembles.removed', ({ id }) => every.remove(id))
  whenOpen(() => void every.load())
  const offered = computed(() => every.all.value.filter(({ removedAt }) => removedAt === null))
  const binned = computed(() => every.all.value.filter(({ removedAt }) => removedAt !== null))
  return { ...every, offered, binned }
})
