import { defineStore } from 'pinia'
import { useWorkbench } from '../connection/workbench.ts'
import { liveCollection } from './liveCollection.ts'

/** Every scan of the workspace, without its scores. */
export const useScans = defineStore('scans', () => {
  const workbench = useWorkbench()
  const scans = liveCollection(() => workbench.calls.scans.list({}))
  workbench.on('scans.changed', scans.put)
  workbench.whenOpen(() => void scans.load())
  return scans
})
