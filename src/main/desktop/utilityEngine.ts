import { utilityProcess } from 'electron'
import { createInterface } from 'node:readline'
import { processChannel } from '../../shared/rpc/processChannel.ts'
import { engineEnvironment, lastLines } from '../engine/engineEnvironment.ts'
import type { StartEngine } from '../engine/engineProcess.ts'
import type { Log } from '../logging/log.ts'

/** Starts engine processes as Electron's utility processes, which run the app's own Node. What they print goes to the log. */
export function utilityEngine(entry: string, log: Log, env: NodeJS.ProcessEnv = process.env): StartEngine {
  return (libraries = [], defaults = {}) => {
    const child = utilityProcess.fork(entry, [], {
      env: engineEnvironment({ ...defaults, ...env }, libraries),
      stdio: ['ignore', 'pipe', 'pipe'],
      serviceName: 'Enhancer Workbench engine',
    })
    const printed = lastLines()
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      createInterface({ input: stream }).on('line', (line) => {
        printed.add(line)
        log.info({ engine: child.pid }, line)
      })
    }
    const channel = processChannel({
      send: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onEnd: (listener) => void child.on('exit', listener),
      end: () => void child.kill(),
    })
    const ended = new Promise<string>((resolve) => {
      child.on('error', (type, location) => resolve(`it failed (${type} in ${location})`))
      child.on('exit', (code) => resolve(`it ended with exit code ${code}`))
    })
    return { channel, kill: () => void child.kill(), ended, printed: printed.text }
  }
}
