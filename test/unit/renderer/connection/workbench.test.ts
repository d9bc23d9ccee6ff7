import { describe, expect, it, vi } from 'vitest'
import { reconnectDelay } from '../../../../src/renderer/connection/reconnectDelay.ts'
import { takeToken } from '../../../../src/renderer/connection/takeToken.ts'
import { createWorkbench } from '../../../../src/renderer/connection/workbench.ts'
import { workbenchContract, type WorkbenchHandlers } from '../../../../src/shared/contract/workbench.ts'
import { WorkbenchError } from '../../../../src/shared/domain/errors.ts'
import type { Channel } from '../../../../src/shared/rpc/channel.ts'
import { memoryChannel } from '../../../../src/shared/rpc/memoryChannel.ts'
import { serve, type Server } from '../../../../src/shared/rpc/server.ts'

/** A core that answers one call, and what a page would need to reach it again and again. */
function core() {
  const servers: { server: Server<typeof workbenchContract>; channel: Channel }[] = []
  let refusal: Error | null = null
  const handlers = { datasets: { list: () => [] } } as unknown as WorkbenchHandlers
  return {
    open: async () => {
      if (refusal) throw refusal
      const [page, far] = memoryChannel()
      servers.push({ server: serve(workbenchContract, handlers, far), channel: far })
      return page
    },
    refuse: (error: Error | null) => (refusal = error),
    last: () => servers.at(-1)!,
    connections: () => servers.length,
  }
}
const status = { state: 'ready', message: 'ready' } as const

describe('the page’s workbench', () => {
  it('connects, answers calls and hears events', async () => {
    const far = core()
    const workbench = createWorkbench(far.open)
    const heard = vi.fn()
    workbench.on('engine.changed', heard)
    expect(workbench.state.value).toBe('connecting')
    workbench.start()
    await vi.waitUntil(() => workbench.state.value === 'open')
    expect(await workbench.calls.datasets.list({})).toEqual([])
    far.last().server.emit('engine.changed', status)
    await vi.waitUntil(() => heard.mock.calls.length > 0)
    expect(heard).toHaveBeenCalledExactlyOnceWith(status)
  })

  it('fails calls clearly while the connection is lost, and loads again once it is back', async () => {
    const far = core()
    const workbench = createWorkbench(far.open)
    const load = vi.fn()
    const heard = vi.fn()
    workbench.whenOpen(load)
    workbench.on('engine.changed', heard)
    workbench.start()
    await vi.waitUntil(() => workbench.state.value === 'open')
    far.refuse(new WorkbenchError('unavailable', 'nobody there'))
    far.last().channel.close()
    await vi.waitUntil(() => workbench.state.value === 'lost')
    await expect(workbench.calls.datasets.list({})).rejects.toMatchObject({ code: 'unavailable' })
    far.refuse(null)
    workbench.retry()
    await vi.waitUntil(() => workbench.state.value === 'open')
    expect(load).toHaveBeenCalledTimes(2)
    expect(await workbench.calls.datasets.list({})).toEqual([])
    far.last().server.emit('engine.changed', status)
    await vi.waitUntil(() => heard.mock.calls.length > 0)
  })

  it('opens no second connection while one is open, so that no event is told twice', async () => {
    const far = core()
    const workbench = createWorkbench(far.open)
    workbench.start()
    await vi.waitUntil(() => workbench.state.value === 'open')
    workbench.retry()
    expect(await workbench.calls.datasets.list({})).toEqual([])
    expect(far.connections()).toBe(1)
  })

  it('reconnects by itself', async () => {
    const far = core()
    const workbench = createWorkbench(far.open)
    workbench.start()
    await vi.waitUntil(() => workbench.state.value === 'open')
    far.last().channel.close()
    await vi.waitUntil(() => workbench.state.value === 'lost')
    await vi.waitUntil(() => workbench.state.value === 'open', { timeout: 10_000 })
  })

  it('knows a browser that has not been let in from a workbench that is not there', async () => {
    const far = core()
    far.refuse(new WorkbenchError('not-found', 'not let in'))
    const workbench = createWorkbench(far.open)
    workbench.start()
    await vi.waitUntil(() => workbench.state.value === 'locked')
    far.refuse(null)
    workbench.retry()
    await vi.waitUntil(() => workbench.state.value === 'open')
  })

  it('stops listening when asked', async () => {
    const far = core()
    const workbench = createWorkbench(far.open)
    const gone = vi.fn()
    const stays = vi.fn()
    workbench.on('engine.changed', gone)()
    workbench.on('engine.changed', stays)
    workbench.start()
    await vi.waitUntil(() => workbench.state.value === 'open')
    far.last().server.emit('engine.changed', status)
    await vi.waitUntil(() => stays.mock.calls.length > 0)
    expect(gone).not.toHaveBeenCalled()
  })
})

describe('reconnectDelay', () => {
  it('doubles up to five seconds', () => {
    expect([0, 1, 2, 3, 4, 1000].map(reconnectDelay)).toEqual([500, 1000, 2000, 4000, 5000, 5000])
  })
})

describe('takeToken', () => {
  it.each([
    ['#token=a-b_c', { found: 'a-b_c', rest: '' }],
    ['#token=a%2Bb&x=1', { found: 'a+b', rest: '#x=1' }],
    ['#x=1', { found: null, rest: '#x=1' }],
    ['', { found: null, rest: '' }],
    ['#token=', { found: null, rest: '' }],
  ])('reads %j', (hash, expected) => {
    expect(takeToken(hash)).toEqual(expected)
  })
})
