import { afterEach, expect, it, vi } from 'vitest'
import { messageOf } from '../../../../src/shared/domain/errors.ts'
import { CONNECT_PAGE } from '../../../../src/shared/rpc/pagePort.ts'
import { attachPage } from '../../../../src/main/page/attachPage.ts'
import { smallContract, smallCore } from '../page/smallContract.ts'
import * as electron from './electronStandIn.ts'
import { TestPage } from './pageWindow.ts'

vi.mock('electron', () => import('./electronStandIn.ts'))
const { connectPages } = await import('../../../../src/main/desktop/connectPages.ts')

function openCore() {
  const core = smallCore()
  let attached = 0
  connectPages((channel) => {
    attached++
    attachPage(smallContract, core, channel, (fault) => expect.fail(String(fault)))
  })
  return { core, attached: () => attached }
}

afterEach(() => void electron.ipcMain.removeAllListeners())

it('hands the page a port over which calls, bytes, progress and events go', async () => {
  const { core } = openCore()
  const { calls, on, close } = await new TestPage().connect(smallContract)
  expect(await calls.numbers.double({ values: Float32Array.of(1.5, -2) })).toEqual({ values: Float32Array.of(3, -4) })
  const seen: number[] = []
  await calls.numbers.count({ to: 2 }, { onProgress: (at) => seen.push(at) })
  expect(seen).toEqual([1, 2])
  const heard = new Promise((resolve) => on('told', resolve))
  core.tell('hello')
  expect(await heard).toEqual({ text: 'hello' })
  close()
  await expect.poll(() => core.listeners()).toBe(0)
})

it('gives a reloaded page a new port, and lets go of the old one', async () => {
  const { core } = openCore()
  const sender = {}
  const before = await new TestPage(sender).connect(smallContract)
  await before.calls.numbers.count({ to: 1 })
  const after = await new TestPage(sender).connect(smallContract)
  expect(await after.calls.numbers.count({ to: 1 })).toEqual({ counted: 1 })
  expect(core.listeners()).toBe(1)
  await expect.poll(() => before.calls.numbers.count({ to: 1 }).catch(messageOf)).toBe('The connection to the workbench was lost.')
  after.close()
})

it('gives nothing to frames within the page, to pages from elsewhere, and to frames that are gone', () => {
  const { attached } = openCore()
  for (const page of [
    new TestPage({}, 'workbench://app/', {}),
    new TestPage({}, 'https://evil.example/'),
    new TestPage({}, 'workbench://other/'),
  ]) {
    page.postMessage({ type: CONNECT_PAGE }, page.location.origin)
  }
  electron.ipcMain.emit(CONNECT_PAGE, { sender: {}, senderFrame: null })
  expect(attached()).toBe(0)
})
