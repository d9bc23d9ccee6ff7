import { afterEach, expect, it, vi } from 'vitest'
import * as electron from './electronStandIn.ts'

vi.mock('electron', () => import('./electronStandIn.ts'))
const { closeBeforeQuit } = await import('../../../../src/main/desktop/closeBeforeQuit.ts')

afterEach(() => {
  electron.app.removeAllListeners()
  electron.app.ended = null
})

it('quits once the core has closed, and closes it once', async () => {
  const closing = Promise.withResolvers<void>()
  let closed = 0
  closeBeforeQuit(
    () => {
      closed++
      return closing.promise
    },
    () => {},
  )
  electron.app.quit()
  electron.app.quit()
  expect([closed, electron.app.ended]).toEqual([1, null])
  closing.resolve()
  await expect.poll(() => electron.app.ended).toBe('quit')
  expect(closed).toBe(1)
})

it('quits too where closing failed, and says why', async () => {
  const faults: unknown[] = []
  closeBeforeQuit(
    () => Promise.reject(new Error('the disk is gone')),
    (fault) => faults.push(fault),
  )
  electron.app.quit()
  await expect.poll(() => electron.app.ended).toBe('quit')
  expect(faults).toHaveLength(1)
})
