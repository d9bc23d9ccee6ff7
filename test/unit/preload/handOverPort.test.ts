import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { CONNECT_PAGE, PAGE_PORT } from '../../../src/shared/rpc/pagePort.ts'
import { handOverPort, type PageWindow } from '../../../src/preload/handOverPort.ts'

type Hear = Parameters<PageWindow<MessagePort>['addEventListener']>[1]

function setUp() {
  const heard: Hear[] = []
  const posted: [message: unknown, origin: string, ports: MessagePort[]][] = []
  const asked: string[] = []
  const answers = new Map<string, (event: { ports: MessagePort[] }) => void>()
  const page: PageWindow<MessagePort> = {
    location: { origin: 'workbench://app' },
    addEventListener: (_type, listener) => heard.push(listener),
    postMessage: (...message) => posted.push(message),
  }
  handOverPort(page, { send: (channel) => asked.push(channel), on: (channel, listener) => answers.set(channel, listener) })
  const ask = { source: page as unknown, origin: 'workbench://app', data: { type: CONNECT_PAGE } as unknown }
  return { page, asked, posted, answers, ask, hear: (event: Parameters<Hear>[0]) => heard.forEach((listener) => listener(event)) }
}

it('asks the core each time that its own page asks', () => {
  const { hear, ask, asked } = setUp()
  hear(ask)
  hear(ask)
  expect(asked).toEqual([CONNECT_PAGE, CONNECT_PAGE])
})

it('hears nobody else, and nothing else', () => {
  const { hear, ask, asked } = setUp()
  hear({ ...ask, source: {} })
  hear({ ...ask, source: null })
  hear({ ...ask, origin: 'https://evil.example' })
  for (const data of [null, undefined, CONNECT_PAGE, {}, { type: PAGE_PORT }, { type: 'something else' }]) hear({ ...ask, data })
  expect(asked).toEqual([])
})

it('hands the port that the core gives on to the page, to no other origin', () => {
  const { answers, posted } = setUp()
  const { port1 } = new MessageChannel()
  expect([...answers.keys()]).toEqual([PAGE_PORT])
  answers.get(PAGE_PORT)!({ ports: [port1] })
  expect(posted).toEqual([[{ type: PAGE_PORT }, 'workbench://app', [port1]]])
  port1.close()
})
