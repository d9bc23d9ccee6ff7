import type { EventName, EventValue } from '../shared/contract/contract.ts'
import type { WorkbenchContract } from '../shared/contract/workbench.ts'
import type { WritableDatabase } from './db/database.ts'
import type { Log } from './logging/log.ts'

/** Tells every page. */
export type Emit = <N extends EventName<WorkbenchContract>>(name: N, value: EventValue<WorkbenchContract, N>) => void

/** What the parts of the core that change the workspace work with. */
export interface Core {
  readonly database: WritableDatabase
  readonly folders: WorkspaceFolders
  readonly clock: () => Date
  readonly log: Log
  readonly emit: Emit
}

/** Absolute paths. */
export interface WorkspaceFolders {
  readonly workspace: string
  readonly checkpoints: string
  readonly exports: string
  readonly logs: string
  readonly uploads: string
}
