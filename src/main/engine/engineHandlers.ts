import type { WorkbenchHandlers } from '../../shared/contract/workbench.ts'
import type { EngineSupervisor } from './engineSupervisor.ts'
import { fetchCuda } from './fetchCuda.ts'

/** The calls about the engine. */
export function engineHandlers(supervisor: Pick<EngineSupervisor, 'status' | 'check' | 'forgive'>): WorkbenchHandlers['engine'] {
  return {
    status: () => supervisor.status,
    check: (_input, { progress, signal }) =>
      supervisor.check((title, done, total) => progress({ stage: `Training one step: ${title}`, done, total }), signal),
    fetchCuda: async (_input, { progress, signal }) => {
      await fetchCuda(progress, signal)
      supervisor.forgive()
      return {}
    },
  }
}
