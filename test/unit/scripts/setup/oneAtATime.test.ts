import { spawnSync } from 'node:child_process'
import { existsSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { oneAtATime } from '../../../../scripts/setup/oneAtATime.mjs'
import { temporaryFolder } from './temporaryFolder.ts'

describe('oneAtATime', () => {
  it('lets the second wait for the first', async () => {
    const lock = join(temporaryFolder(), 'lock')
    const order: string[] = []
    let finish = () => {}
    const first = oneAtATime(lock, async () => {
      order.push('first begins')
      await new Promise<void>((resolve) => (finish = resolve))
      order.push('first ends')
    })
    const second = oneAtATime(lock, async () => {
      order.push('second')
    })
    finish()
    await Promise.all([first, second])
    expect(order).toEqual(['first begins', 'first ends', 'second'])
    expect(existsSync(lock)).toBe(false)
  })

  it('gives the lock back where the work fails', async () => {
    const lock = join(temporaryFolder(), 'lock')
    await expect(
      oneAtATime(lock, async () => {
        throw new Error('no network')
      }),
    ).rejects.toThrow('no network')
    await expect(oneAtATime(lock, async () => 'done')).resolves.toBe('done')
  })

  it('is handed on among many without a stumble', async () => {
    const lock = join(temporaryFolder(), 'lock')
    let inside = 0
    const work = async () => {
      inside++
      await Promise.resolve()
      return inside--
    }
    const seen = await Promise.all(Array.from({ length: 5 }, () => oneAtATime(lock, work)))
    expect(seen).toEqual([1, 1, 1, 1, 1])
  })

  it('takes over from a process that was killed', async () => {
    const lock = join(temporaryFolder(), 'lock')
    writeFileSync(lock, String(spawnSync(process.execPath, ['-e', '']).pid))
    await expect(oneAtATime(lock, async () => 'done')).resolves.toBe('done')
  })

  it('takes over where the number is now that of another process, which does not touch the file', async () => {
    const lock = join(temporaryFolder(), 'lock')
    writeFileSync(lock, String(process.pid))
    const longAgo = new Date(Date.now() - 60_000)
    utimesSync(lock, longAgo, longAgo)
    await expect(oneAtATime(lock, async () => 'done')).resolves.toBe('done')
  })
})
