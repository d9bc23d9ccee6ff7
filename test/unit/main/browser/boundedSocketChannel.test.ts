import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { boundedSocketChannel } from '../../../../src/main/browser/boundedSocketChannel.ts'

it('gives up on a page that has stopped reading', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => server.close())
  await once(server, 'listening')
  const page = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const [socket] = (await once(server, 'connection')) as [WebSocket]
  await once(page, 'open')
  page.pause()
  const channel = boundedSocketChannel(socket, 2 ** 20)
  const ended = new Promise<void>((resolve) => channel.closed(resolve))
  // Far more than the operating system keeps for a socket.
  const message = new Uint8Array(2 ** 20)
  for (let sent = 0; sent < 64; sent++) channel.send(message)
  await ended
  expect(socket.readyState).not.toBe(WebSocket.OPEN)
  page.terminate()
})
