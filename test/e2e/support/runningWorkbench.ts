import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const serveEntry = fileURLToPath(new URL(`../../../${process.env['WORKBENCH_OUT'] ?? 'out'}/main/serve.js`, import.meta.url))

/** A workbench that is served to the browser, as `npm start -- --browser` serves it. */
export interface RunningWorkbench {
  /** The address that it printed, with its token. */
  readonly address: string
  readonly origin: string
  /** Ends its engines as a crash of theirs does; it stays. */
  crashEngines(): Promise<void>
  /** Ends it as Ctrl-C does, and waits until it is gone. */
  stop(): Promise<void>
  /** Ends it as a crash does, its engine with it, and waits until it is gone. */
  crash(): Promise<void>
}

export async function startWorkbench(workspace: string): Promise<RunningWorkbench> {
  // A process group of its own, so that a crash takes the engine along as a power cut would.
  const server = spawn(process.execPath, [serveEntry, '--workspace', workspace, '--port', '0'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const gone = once(server, 'exit')
  const address = await printedAddress(server)
  return {
    address,
    origin: new URL(address).origin,
    crashEngines: async () => {
      // It starts nothing but engines.
      const { stdout } = await promisify(execFile)('pgrep', ['-P', String(server.pid)])
      for (const engine of stdout.trim().split('\n')) process.kill(Number(engine), 'SIGKILL')
    },
    stop: async () => {
      server.kill('SIGINT')
      await gone
    },
    crash: async () => {
      if (server.exitCode === null) process.kill(-server.pid!, 'SIGKILL')
      await gone
    },
  }
}

async function printedAddress(server: ChildProcess): Promise<string> {
  let errors = ''
  server.stderr!.on('data', (text) => (errors += String(text)))
  for await (const line of createInterface({ input: server.stdout! })) {
    const address = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(line)?.[0]
    if (address) {
      server.stdout!.resume()
      return address
    }
  }
  throw new Error(`The workbench ended before it printed an address. ${errors}`)
}
