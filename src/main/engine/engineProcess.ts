import type { Channel } from '../../shared/rpc/channel.ts'

/** An engine process, however it was started. */
export interface EngineProcess {
  readonly channel: Channel
  /** Ends it at once; it keeps no state that could be lost. */
  kill(): void
  /** Resolves when the process is gone, with how it ended, in words for a message: `it was ended by SIGKILL`. */
  readonly ended: Promise<string>
}

/** Starts an engine process. Throws when it cannot even be tried. */
export type StartEngine = () => EngineProcess
