import type { Channel } from '../../shared/rpc/channel.ts'

/** An engine process, however it was started. */
export interface EngineProcess {
  readonly channel: Channel
  /** Ends it at once; it keeps no state that could be lost. */
  kill(): void
  /** Resolves when the process is gone, with how it ended, in words for a message: `it was ended by SIGKILL`. */
  readonly ended: Promise<string>
  /** The last of what it printed: drivers and libraries say there what they do not hand on. */
  printed(): string
}

/**
 * Starts an engine process. Throws when it cannot even be tried.
 *
 * @param libraries folders in which the system is to look for native libraries before anywhere else
 * @param defaults of its environment; what the user has set stands
 */
export type StartEngine = (libraries?: readonly string[], defaults?: NodeJS.ProcessEnv) => EngineProcess
