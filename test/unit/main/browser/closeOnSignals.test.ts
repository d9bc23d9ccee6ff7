import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { closeOnSignals } from '../../../../src/main/browser/closeOnSignals.ts'

function setUp() {
  const signals = new EventEmitter()
  const exits: number[] = []
  const closing = Promise.withResolvers<void>()
  let time = 0
  let closed = 0
  const faults: unknown[] = []
  const close = () => {
    closed++
    return closing.promise
  }
  closeOnSignals({ signals, exit: (code) => exits.push(code), now: () => time }, close, (fault) => faults.push(fault))
  return { signals, exits, faults, closing, closed: () => closed, wait: (milliseconds: number) => (time += milliseconds) }
}

it('closes on the first signal and exits with 0 once that is done', async () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    const { signals, exits, closing, closed } = setUp()
    signals.emit(signal)
    expect([closed(), exits]).toEqual([1, []])
    closing.resolve()
    await expect.poll(() => exits).toEqual([0])
  }
})

it('exits at once on a second signal', () => {
  for (const [signal, code] of [
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    const { signals, exits, closed, wait } = setUp()
    signals.emit('SIGINT')
    wait(500)
    signals.emit(signal)
    expect([closed(), exits]).toEqual([1, [code]])
  }
})

it('takes one press that arrives twice, as under npm, for one', async () => {
  const { signals, exits, closing, closed } = setUp()
  signals.emit('SIGINT')
  signals.emit('SIGINT')
  expect([closed(), exits]).toEqual([1, []])
  closing.resolve()
  await expect.poll(() => exits).toEqual([0])
})

it('exits with 1 where closing failed, and says why in the log', async () => {
  const { signals, exits, faults, closing } = setUp()
  signals.emit('SIGINT')
  closing.reject(new Error('the disk is gone'))
  await expect.poll(() => exits).toEqual([1])
  expect(faults).toHaveLength(1)
})
