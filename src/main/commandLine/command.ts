import type { Command } from 'commander'
import type { WorkbenchContract } from '../../shared/contract/workbench.ts'
import type { Connection } from '../../shared/rpc/client.ts'
import type { Terminal } from './terminal.ts'

/** Options that every command takes. */
export interface CommonOptions {
  readonly workspace: string
  readonly json?: true
}

/** How a command needs its workspace. */
export type Access = 'read' | 'write' | 'train'

/** Opens a workspace for as long as `work` lasts. Commands work through the same contract as the page. */
export type WithWorkbench = <T>(
  folder: string,
  access: Access,
  work: (workbench: Connection<WorkbenchContract>) => Promise<T>,
) => Promise<T>

/** What every command gets. */
export interface CommandContext {
  readonly terminal: Terminal
  readonly withWorkbench: WithWorkbench
}

/** What a command came to: the JSON document, and the same for people. */
export interface CommandResult {
  readonly json: object
  readonly text: string
  /** The command did what it could, but not all that was asked; said beside its result. */
  readonly failure?: Error | undefined
}

/** Adds a command that works on a workspace. */
export type AddCommand = <O extends CommonOptions>(
  name: string,
  description: string,
  work: (context: CommandContext, options: O, argument: string) => Promise<CommandResult>,
) => Command

/** The command line itself was wrong. */
export class WrongUse extends Error {}
