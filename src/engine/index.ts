/**
 * The engine's process: answers the engine's contract to the process that started it, and ends with it. It holds no
 * files open and knows no database; all that it gets and gives crosses the channel.
 */
import { engineContract } from '../shared/contract/engine.ts'
import { forkedEnd, parentPortEnd, processChannel } from '../shared/rpc/processChannel.ts'
import { serve } from '../shared/rpc/server.ts'
import { betweenOps } from './betweenOps.ts'
import { engineHandlers } from './engineHandlers.ts'

const HEARTBEAT = 1000

type ParentPort = Parameters<typeof parentPortEnd>[0]
const { parentPort } = process as unknown as { readonly parentPort?: ParentPort }

// tfjs-node calls parts of Node that are deprecated; its users can do nothing about that.
process.noDeprecation = true

if (!parentPort && !process.send) {
  console.error('The engine is started by the workbench and cannot be run on its own.')
  process.exit(2)
}

const channel = processChannel(parentPort ? parentPortEnd(parentPort) : forkedEnd(process))
const server = serve(engineContract, engineHandlers(), channel, {
  onFault: (fault, call) => console.error(`${call}:`, fault),
})
const beat = () => server.emit('heartbeat', { at: Date.now() })
setInterval(beat, HEARTBEAT)
betweenOps(beat, HEARTBEAT)
// A training under way would keep a process without a parent alive for hours.
channel.closed(() => process.exit(0))
