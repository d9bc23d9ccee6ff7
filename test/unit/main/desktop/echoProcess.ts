import { forkedEnd, processChannel } from '../../../../src/shared/rpc/processChannel.ts'

/** A process that sends back what it gets, and says on its output what it got. An empty message ends it with code 3. */
const channel = processChannel(forkedEnd(process))
channel.receive((message) => {
  if (message.byteLength === 0) process.exit(3)
  console.log(`got ${message.byteLength} bytes`)
  channel.send(message)
})
