import { describe, expect, it } from 'vitest'
import { runInThread, threadEntry } from '../../../../src/main/threads/runInThread.ts'

const entry = threadEntry('trialThread', import.meta.url)
const never = new AbortController().signal

describe('runInThread', () => {
  it('gives what the work comes to, and what it tells on the way', async () => {
    const told: number[] = []
    const job = { numbers: [1, 2, 3], then: 'answer' }
    expect(await runInThread(entry, job, { signal: never, onTold: (value) => told.push(value) })).toEqual(Float64Array.of(2, 4, 6))
    expect(told).toEqual([1, 2, 3])
  })

  it('rejects with the fault of the work, and where the thread ends without an answer', async () => {
    await expect(runInThread(entry, { numbers: [], then: 'fail' }, { signal: never })).rejects.toThrow('too large')
    await expect(runInThread(entry, { numbers: [], then: 'exit' }, { signal: never })).rejects.toThrow('ended early, with exit code 3')
  })

  it('ends the thread in the middle of its work when it is aborted', async () => {
    const stop = new AbortController()
    const running = runInThread(entry, { numbers: [1], then: 'hang' }, { signal: stop.signal, onTold: () => stop.abort() })
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    await expect(runInThread(entry, { numbers: [], then: 'answer' }, { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('threadEntry', () => {
  it('is beside the module that names it, from source and built', () => {
    expect(threadEntry('worker', 'file:///app/src/main/part/module.ts').href).toBe('file:///app/src/main/part/worker.ts')
    expect(threadEntry('worker', 'file:///app/out/main/module-1a2b.js').href).toBe('file:///app/out/main/worker.js')
  })
})
