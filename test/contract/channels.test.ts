import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket as WsSocket, WebSocketServer } from 'ws'
import { WorkbenchError } from '../../src/shared/domain/errors.ts'
import type { Channel } from '../../src/shared/rpc/channel.ts'
import { connect, type Connection } from '../../src/shared/rpc/client.ts'
import { memoryChannel } from '../../src/shared/rpc/memoryChannel.ts'
import { messagePortChannel } from '../../src/shared/rpc/messagePortChannel.ts'
import { forkedEnd, processChannel } from '../../src/shared/rpc/processChannel.ts'
import { webSocketChannel } from '../../src/shared/rpc/webSocketChannel.ts'
import { serveTrial, trialContract, type TrialContract } from './trialContract.ts'

/** Opens a transport with the trial contract served at its far end. */
type Open = () => Promise<{ channel: Channel; dispose: () => Promise<void> }>

const overMemory: Open = async () => {
  const [near, far] = memoryChannel()
  serveTrial(far)
  return { channel: near, dispose: async () => near.close() }
}

const overMessagePort: Open = async () => {
  const { port1, port2 } = new MessageChannel()
  serveTrial(messagePortChannel(port2))
  const near = messagePortChannel(port1)
  return { channel: near, dispose: async () => near.close() }
}

const overWebSocket =
  (client: 'a page’s WebSocket' | 'ws'): Open =>
  async () => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    server.on('connection', (socket) => serveTrial(webSocketChannel(socket)))
    await once(server, 'listening')
    const address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
    const near = webSocketChannel(client === 'ws' ? new WsSocket(address) : new WebSocket(address))
    return {
      channel: near,
      dispose: async () => {
        near.close()
        for (const socket of server.clients) socket.terminate()
        await new Promise((resolve) => server.close(resolve))
      },
    }
  }

const overChildProcess: Open = async () => {
  const child = fork(fileURLToPath(new URL('trialProcess.ts', import.meta.url)), { serialization: 'advanced', execArgv: [] })
  const ended = once(child, 'exit')
  return {
    channel: processChannel(forkedEnd(child)),
    dispose: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

describe.each<[string, Open]>([
  ['the in-memory pair', overMemory],
  ['MessagePort', overMessagePort],
  ['WebSocket, from a page', overWebSocket('a page’s WebSocket')],
  ['WebSocket, from ws', overWebSocket('ws')],
  ['a child process', overChildProcess],
])('the contract over %s', (_name, open) => {
  let connection: Connection<TrialContract>
  let dispose: () => Promise<void>

  beforeEach(async () => {
    const opened = await open()
    connection = connect(trialContract, opened.channel)
    dispose = opened.dispose
  })
  afterEach(() => dispose())

  it('answers with the value that it was given', async () => {
    const value = { name: 'C:SLEA_hg18:chr2:210861483-210861650|66:V_AHRARNT_02', list: [1, -0.5, null, true, 'Ω'], nested: { empty: {} } }
    expect(await connection.calls.values.echo({ value })).toEqual({ value })
  })

  it('carries typed arrays as they are, empty ones and views of larger buffers too', async () => {
    const floats = new Float32Array([Number.NaN, Number.POSITIVE_INFINITY, -0, 1e-45, 3.4e38]).subarray(1)
    const answer = await connection.calls.values.arrays({ bytes: Uint8Array.of(0, 1, 255), integers: new Int32Array(0), floats })
    expect(answer.bytes).toEqual(Uint8Array.of(255, 254, 0))
    expect(answer.integers).toEqual(new Int32Array(0))
    expect(answer.floats).toEqual(floats.map((x) => x / 2))
  })

  it('carries sixteen megabytes', async () => {
    const bytes = new Uint8Array(16 * 2 ** 20).map((_, i) => i % 251)
    const answer = await connection.calls.values.arrays({ bytes, integers: Int32Array.of(7), floats: new Float32Array(0) })
    expect(answer.bytes.length).toBe(bytes.length)
    expect(answer.bytes.every((x, i) => x === 255 - (i % 251))).toBe(true)
    expect(answer.integers).toEqual(Int32Array.of(-7))
  })

  it('answers many calls at once, each with its own', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, value) => connection.calls.values.echo({ value })))
    expect(answers.map((answer) => answer.value)).toEqual(Array.from({ length: 50 }, (_, value) => value))
  })

  it('reports progress in order before the result', async () => {
    const seen: number[] = []
    expect(await connection.calls.work.count({ to: 20 }, { onProgress: (i) => seen.push(i) })).toBe(20)
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  })

  it('cancels a call, and that call alone', async () => {
    const controller = new AbortController()
    const call = connection.calls.work.untilCancelled({}, { signal: controller.signal, onProgress: () => controller.abort() })
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
    expect(await connection.calls.values.echo({ value: 1 })).toEqual({ value: 1 })
  })

  it('does not send a call whose signal is aborted already', async () => {
    await expect(connection.calls.values.echo({ value: 1 }, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('brings an error across whole, as the user reads it', async () => {
    const error = await connection.calls.work.refuse({}).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(WorkbenchError)
    expect(error).toMatchObject({
      code: 'conflict',
      message: 'enh_12, line 48: E is not a DNA letter.',
      details: { file: 'enhancers.fa', line: 48, hint: 'Skip enh_12.' },
    })
  })

  it('keeps the inner words of a fault to itself', async () => {
    const error = await connection.calls.work.crash({}).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'internal' })
    expect(String(error)).not.toContain('secret')
  })

  it('refuses an input that does not fit, and names what is wrong', async () => {
    const call = connection.calls.work.count({ to: 1.5 })
    await expect(call).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining('to') as string })
  })

  it('does not pass on an output that does not fit', async () => {
    await expect(connection.calls.work.wrongOutput({})).rejects.toMatchObject({ code: 'internal' })
  })

  it('brings events to those who listen, until they stop', async () => {
    const heard: string[] = []
    const stop = connection.on('announced', (text) => heard.push(text))
    await connection.calls.work.announce({ text: 'one' })
    stop()
    await connection.calls.work.announce({ text: 'two' })
    expect(heard).toEqual(['one'])
  })

  it('ends waiting calls when the other side is gone, and later ones at once', async () => {
    await expect(connection.calls.work.hangUp({})).rejects.toMatchObject({ code: 'unavailable' })
    await expect(connection.calls.values.echo({ value: 1 })).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('ends waiting calls when this side closes', async () => {
    const call = connection.calls.work.untilCancelled({}, { onProgress: () => connection.close() })
    await expect(call).rejects.toMatchObject({ code: 'unavailable' })
  })
})
