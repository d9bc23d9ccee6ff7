import { fileURLToPath } from 'node:url'
import { expect, it, vi } from 'vitest'
import { silentLog } from '../../../../src/main/logging/log.ts'

vi.mock('electron', () => import('./electronStandIn.ts'))
const { utilityEngine } = await import('../../../../src/main/desktop/utilityEngine.ts')

const entry = fileURLToPath(new URL('./echoProcess.ts', import.meta.url))

it('starts a process, carries bytes both ways, and logs what it prints', async () => {
  const lines: string[] = []
  const engine = utilityEngine(entry, { ...silentLog, info: (_details, line) => lines.push(line) })()
  const echoed = new Promise<Uint8Array>((resolve) => engine.channel.receive(resolve))
  engine.channel.send(Uint8Array.of(1, 2, 3))
  expect([...(await echoed)]).toEqual([1, 2, 3])
  await expect.poll(() => lines).toEqual(['got 3 bytes'])
  engine.kill()
  await engine.ended
})

it('tells how the process ended, and closes its channel', async () => {
  const engine = utilityEngine(entry, silentLog)()
  const closed = new Promise<void>((resolve) => engine.channel.closed(resolve))
  engine.channel.send(new Uint8Array(0))
  expect(await engine.ended).toBe('it ended with exit code 3')
  await closed
})

it('ends the process when its channel is closed', async () => {
  const engine = utilityEngine(entry, silentLog)()
  engine.channel.close()
  expect(await engine.ended).toMatch(/^it ended/)
})
