import type { WorkbenchHandlers } from '../../shared/contract/workbench.ts'
import type { EngineSupervisor } from './engineSupervisor.ts'

/** The calls about the engine. */
export function engineHandlers(supervisor: EngineSupervisor): WorkbenchHandlers['engine'] {
  return {
    status: () => supervisor.status,
    check: (_input, { progress, signal }) =>
      supervisor.check(() => progress({ stage: 'Training one step on each engine', done: 0, total: null }), signal),
  }
}
