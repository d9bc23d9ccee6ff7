import { calls } from './calls.ts'
import type { Client, Contract, Handlers } from './contract.ts'
import { events } from './events.ts'

/** Between the core and whoever uses it: the page, on any transport, and the command line. */
export const workbenchContract = { calls, events } as const satisfies Contract
export type WorkbenchContract = typeof workbenchContract
export type WorkbenchClient = Client<WorkbenchContract>
export type WorkbenchHandlers = Handlers<WorkbenchContract>
