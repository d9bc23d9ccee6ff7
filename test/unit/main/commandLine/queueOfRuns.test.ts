import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommandLine } from '../../../../src/main/commandLine/program.ts'
import { withWorkbench } from '../../../../src/main/commandLine/withWorkbench.ts'
import { engineEntry, forkEngine } from '../../../../src/main/engine/forkEngine.ts'
import type { Estimate, Queue } from '../../../../src/shared/domain/queue.ts'
import type { Run } from '../../../../src/shared/domain/run.ts'
import { makeWorkspace } from '../support/smallWorkspace.ts'

let workspace: ReturnType<typeof makeWorkspace>
beforeEach(() => (workspace = makeWorkspace()))
afterEach(() => workspace.remove())

const entry = engineEntry(new URL('../../../../src/main/cli.ts', import.meta.url).href)

async function run<T>(...args: string[]): Promise<{ code: number; json: T; err: string }> {
  let [out, err] = ['', '']
  const terminal = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    live: false,
    interrupted: new AbortController().signal,
  }
  const context = { terminal, withWorkbench: withWorkbench((log) => forkEngine(entry, log)) }
  const code = await runCommandLine([...args, '--workspace', workspace.folder, '--json'], context)
  return { code, json: JSON.parse(out) as T, err }
}
const launch = ['--dataset', 'small', '--variants', 'baseline', '--recipe', 'seed', '--epochs', '2'] as const

describe('the queue on the command line', () => {
  it('is paused, filled, put in order, emptied and continued', async () => {
    expect((await run<{ queue: Queue }>('pause')).json.queue).toMatchObject({ paused: true, waiting: [] })
    const { code, err } = await run('train', ...launch, '--seed', '1,2,3')
    expect(code).toBe(1)
    expect(err).toMatch(/Run 1 \(baseline\) is still queued: The queue is paused.* Go on with: continue/)
    expect((await run<{ queue: Queue }>('move', '--run', '3', '--before', '1')).json.queue.waiting).toEqual([3, 1, 2])
    await run('stop', '--run', '2')
    expect((await run<{ queue: Queue }>('queue')).json.queue).toMatchObject({ paused: true, waiting: [3, 1] })
    const continued = await run<{ runs: Run[] }>('continue')
    expect(continued.code).toBe(0)
    expect(continued.json.runs).toMatchObject([
      { id: 3, state: 'completed' },
      { id: 1, state: 'completed' },
    ])
    expect((await run<{ queue: Queue }>('queue')).json.queue).toMatchObject({ paused: false, waiting: [] })
    expect((await run<{ error: { message: string } }>('move', '--run', '1')).json.error.message).toBe('Run 1 does not wait any more.')
  })

  it('says what a launch would cost, and queues nothing', async () => {
    const { json } = await run<{ estimate: Estimate }>('estimate', ...launch, '--seed', '1,2')
    expect(json.estimate).toMatchObject({ runs: 2, secondsBefore: 0, engine: 'tensorflow on CPU' })
    expect(json.estimate.seconds).toBeGreaterThan(0)
    expect((await run<{ runs: Run[] }>('runs')).json.runs).toEqual([])
  })
})

describe('runs on the command line', () => {
  it('are named, binned, restored, told apart and purged', async () => {
    await run('pause')
    await run('train', ...launch, '--seed', '1,2')
    for (const id of ['1', '2']) await run('stop', '--run', id)
    const { json } = await run<{ run: Run }>('annotate-run', '--run', '1', '--rename', 'the first', '--tags', 'a, b', '--star')
    expect(json.run).toMatchObject({ name: 'the first', tags: ['a', 'b'], starred: true, notes: '' })
    const { differences } = (await run<{ differences: object[] }>('differences', '--runs', '1,2')).json
    expect(differences).toContainEqual({ heading: 'Configuration', rows: [{ label: 'Seed', a: '1', b: '2' }] })
    const binned = async () => (await run<{ runs: Run[] }>('runs', '--binned')).json.runs.map(({ id }) => id)
    await run('bin-runs', '--runs', '1,2')
    expect(await binned()).toEqual([2, 1])
    await run('restore-runs', '--runs', '1')
    expect((await run('purge-runs', '--runs', '1,2')).code).toBe(1)
    expect((await run<object>('purge-runs', '--runs', '2')).json).toEqual({ runs: [2], bytes: 0 })
    expect(await binned()).toEqual([])
    expect((await run('annotate-run', '--run', '1')).code).toBe(2)
    expect((await run('differences', '--runs', '1')).code).toBe(2)
  })
})
