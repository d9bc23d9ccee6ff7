import { fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { forkedEnd, processChannel } from '../../shared/rpc/processChannel.ts'
import type { Log } from '../logging/log.ts'
import { engineEnvironment, lastLines } from './engineEnvironment.ts'
import type { StartEngine } from './engineProcess.ts'

/**
 * Starts engine processes as children of this one, on the same Node. What they print goes to the log. They end with this
 * process: the operating system closes their channel however this one ends.
 */
export function forkEngine(entry: string, log: Log, env: NodeJS.ProcessEnv = process.env): StartEngine {
  return (libraries = [], defaults = {}) => {
    const child = fork(entry, [], {
      serialization: 'advanced',
      env: engineEnvironment({ ...defaults, ...env }, libraries),
      execArgv: [],
      // Ctrl-C goes to every process of the terminal's group; this one must live to finish its step and be told to stop.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const printed = lastLines()
    for (const stream of [child.stdout, child.stderr]) {
      logLines(stream!, (line) => {
        printed.add(line)
        log.info({ engine: child.pid }, line)
      })
    }
    const ended = new Promise<string>((resolve) => {
      child.on('error', (fault) => resolve(`it could not be started (${fault.message})`))
      child.on('exit', (code, signal) => resolve(signal ? `it was ended by ${signal}` : `it ended with exit code ${code ?? 'unknown'}`))
    })
    return { channel: processChannel(forkedEnd(child)), kill: () => void child.kill('SIGKILL'), ended, printed: printed.text }
  }
}

/**
 * Where the engine's entry is, from the core's: beside it where the app is built (`out/main` and `out/engine`), in
 * `src/engine` where it runs from source.
 *
 * @param core `import.meta.url` of a module in the folder of the core's entries.
 */
export function engineEntry(core: string): string {
  return fileURLToPath(new URL(core.endsWith('.ts') ? '../engine/index.ts' : '../engine/index.js', core))
}

function logLines(stream: Readable, write: (line: string) => void): void {
  createInterface({ input: stream }).on('line', write)
}
