import { defineStore } from 'pinia'
import { computed } from 'vue'
import { useWorkbench } from '../connection/workbench.ts'
import { liveCollection } from './liveCollection.ts'

/** The imported models of the workspace, those in the bin among them. */
export const useModels = defineStore('models', () => {
  const workbench = useWorkbench()
  const models = liveCollection(() => workbench.calls.models.list({}))
  workbench.on('models.changed', models.put)
  workbench.whenOpen(() => void models.load())
  const offered = computed(() => models.all.value.filter(({ removedAt }) => removedAt === null))
  const binned = computed(() => models.all.value.filter(({ removedAt }) => removedAt !== null))
  return { ...models, offered, binned }
})
