import { defineStore } from 'pinia'
import { useWorkbench } from '../connection/workbench.ts'
import { liveCollection } from './liveCollection.ts'

/** Every dataset of the workspace, in brief. */
export const useDatasets = defineStore('datasets', () => {
  const workbench = useWorkbench()
  const datasets = liveCollection(() => workbench.calls.datasets.list({}))
  workbench.on('datasets.changed', datasets.put)
  workbench.whenOpen(() => void datasets.load())
  return datasets
})
