import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Run } from '../../../../src/shared/domain/run.ts'
import type { Scan, ScanOptions } from '../../../../src/shared/domain/scan.ts'
import type { Source } from '../../../../src/shared/domain/source.ts'
import { random } from '../../../../src/shared/stats/random.ts'
import { LENGTH, makeWorkspace, openSmall, PREFIX, shortRecipe, SUFFIX, type OpenedWorkbench } from '../support/smallWorkspace.ts'

const READ = LENGTH - PREFIX.length - SUFFIX.length
const bases = (length: number, seed: number) => {
  const source = random(seed)
  return Array.from({ length }, () => 'ACGT'[source.integer(4)]!).join('')
}
const RECORDS = 60_000
/** Far more than is read ahead of the first chunk that is kept. */
const many = Array.from({ length: RECORDS }, (_, i) => `>s${i}\n${bases(READ, i % 50)}\n`).join('')

let workspace: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
let run: Run
beforeAll(async () => {
  workspace = makeWorkspace()
  opened = await openSmall(workspace.folder)
  run = await trained(1)
})
afterAll(async () => {
  await opened.workbench.close()
  workspace.remove()
})

async function trained(seed: number): Promise<Run> {
  const split = { kind: 'group', seed: 1 } as const
  const asked = { dataset: workspace.dataset, split, variants: ['embedding'] as const, recipe: shortRecipe, seeds: [seed] }
  const [launched] = await opened.calls.experiments.launch({ ...asked, variants: [...asked.variants] })
  return opened.until(launched!.id, 'completed')
}
const start = (source: Source, options: Partial<ScanOptions> = {}, of = run) =>
  opened.calls.scans.start({ models: [{ run: of.id }], source, name: 'mine', options })
/** The first state of a scan that passes, the one that it is in among them. */
async function seen(id: number, passes: (scan: Scan) => boolean): Promise<Scan> {
  const found = Promise.withResolvers<Scan>()
  const stop = opened.on('scans.changed', (scan) => {
    if (scan.id === id && passes(scan)) found.resolve(scan)
  })
  const { skippedRecords: _, ...now } = await opened.calls.scans.get({ id })
  if (passes(now)) found.resolve(now)
  return found.promise.finally(stop)
}
const underWay = (id: number) => seen(id, ({ scored }) => scored > 0)
const ended = (id: number) => seen(id, ({ state }) => state !== 'running')
function upload(id: string, content: string): Source {
  writeFileSync(join(opened.workbench.uploadsFolder, id), content)
  return { kind: 'upload', upload: id, name: 'mine.fa' }
}
const lies = (id: string) => existsSync(join(opened.workbench.uploadsFolder, id))
function file(name: string, content: string): Source & { path: string } {
  const path = join(workspace.folder, name)
  writeFileSync(path, content)
  return { kind: 'path', path }
}

describe('an upload', () => {
  it('goes at once when nobody reads it any more', async () => {
    const [first, second] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']
    const { id } = await start(upload(first, `>a\n${bases(READ, 1)}\n`))
    expect((await ended(id)).state).toBe('completed')
    await expect.poll(() => lies(first)).toBe(false)

    const stopped = await start(upload(second, many))
    await underWay(stopped.id)
    await opened.calls.scans.stop({ id: stopped.id })
    expect(lies(second)).toBe(true)
    await opened.calls.scans.bin({ id: stopped.id })
    expect(lies(second)).toBe(false)
  })

  it('stays while another scan may read it', async () => {
    const shared = '00000000-0000-4000-8000-000000000003'
    const source = upload(shared, many)
    const stopped = await start(source)
    await underWay(stopped.id)
    await opened.calls.scans.stop({ id: stopped.id })
    const other = await start(source, { seen: false })
    expect((await ended(other.id)).state).toBe('completed')
    expect(lies(shared)).toBe(true)
    await opened.calls.scans.resume({ id: stopped.id })
    expect(await ended(stopped.id)).toMatchObject({ state: 'completed', scored: RECORDS })
    await expect.poll(() => lies(shared)).toBe(false)
  })

  it('outlives the workbench, and the scan goes on with it', async () => {
    const [kept, stray] = ['00000000-0000-4000-8000-000000000004', '00000000-0000-4000-8000-000000000005']
    upload(stray, '>x\nACGT\n')
    const { id } = await start(upload(kept, many))
    const { scored } = await underWay(id)
    await opened.workbench.close()
    opened = await openSmall(workspace.folder)
    expect([lies(kept), lies(stray)]).toEqual([true, false])
    const left = await opened.calls.scans.get({ id })
    expect(left).toMatchObject({ state: 'interrupted' })
    expect(left.scored).toBeGreaterThanOrEqual(scored)
    await opened.calls.scans.resume({ id })
    expect(await ended(id)).toMatchObject({ state: 'completed', scored: RECORDS, records: RECORDS })
    await expect.poll(() => lies(kept)).toBe(false)
  })
})

describe('a scan', () => {
  it('is not started twice in the same way at the same time', async () => {
    const source = file('twice.fa', many)
    const calls = await Promise.allSettled([start(source), start(source)])
    expect(calls.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const [refused] = calls.flatMap((call) => (call.status === 'rejected' ? [call.reason as unknown] : []))
    expect(refused).toMatchObject({ code: 'conflict', message: 'twice.fa is being scored already in this way: mine.' })
    const [begun] = calls.flatMap((call) => (call.status === 'fulfilled' ? [call.value] : []))
    const other = await start(source, { strands: 'forward' })
    expect(await Promise.all([ended(begun!.id), ended(other.id)])).toMatchObject([{ state: 'completed' }, { state: 'completed' }])
    expect((await ended((await start(source)).id)).state).toBe('completed')
  })

  it('knows from its start how many records there are, where the pre-flight has counted them', async () => {
    const source = file('counted.fa', many)
    const uncounted = await start(source)
    expect(uncounted.records).toBeNull()
    await ended(uncounted.id)
    await opened.calls.scans.preflight({ models: [{ run: run.id }], source })
    const counted = await start(source)
    expect(counted.records).toBe(RECORDS)
    await ended(counted.id)
    writeFileSync(source.path, `${many}>more\n${bases(READ, 1)}\n`)
    const changed = await start(source)
    expect(changed.records).toBeNull()
    await ended(changed.id)
  })

  it('says that its file changed, or is gone, and keeps what was scored', async () => {
    const changing = file('changing.fa', many)
    const first = await start(changing)
    await underWay(first.id)
    appendFileSync(changing.path, '>one more\nACGT\n')
    const failed = await ended(first.id)
    expect(failed).toMatchObject({
      state: 'failed',
      message: 'changing.fa was changed by another program while it was being read. What was scored until then is kept.',
    })
    expect(failed.scored).toBeGreaterThan(0)
    expect((await opened.calls.scans.scores({ id: first.id, offset: 0, limit: 1 })).scores).toHaveLength(1)

    const leaving = file('leaving.fa', many)
    const second = await start(leaving)
    await underWay(second.id)
    rmSync(leaving.path)
    expect(await ended(second.id)).toMatchObject({
      state: 'failed',
      message: 'leaving.fa was moved or deleted while it was being read. What was scored until then is kept.',
    })
    await expect(opened.calls.scans.resume({ id: second.id })).rejects.toThrow('or is not there any more, so the scan cannot go on.')
  })

  it('does not go on with the places of another genome', async () => {
    const genome = file('genome.fa', `>chr1\n${bases(5000, 3)}\n`)
    const places = Array.from({ length: RECORDS }, (_, i) => `chr1\t${i % 4000}\t${(i % 4000) + READ}\tp${i}\n`).join('')
    const { id } = await start(file('places.bed', places), { genome })
    await underWay(id)
    await opened.calls.scans.stop({ id })
    writeFileSync(genome.path, `>chr1\n${bases(5000, 4)}\n`)
    await expect(opened.calls.scans.resume({ id })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('stands by itself when its run is deleted for good, meanwhile or afterwards', async () => {
    const doomed = await trained(2)
    const whole = await start(file('mine.fa', many), {}, doomed)
    await underWay(whole.id)
    const stopped = await start(file('other.fa', many), {}, doomed)
    await underWay(stopped.id)
    await opened.calls.scans.stop({ id: stopped.id })
    await opened.calls.experiments.bin({ ids: [doomed.id] })
    await opened.calls.experiments.purge({ ids: [doomed.id] })

    const done = await ended(whole.id)
    expect(done).toMatchObject({ state: 'completed', scored: RECORDS, message: null })
    expect(done.models).toMatchObject([{ available: false, name: 'embedding, trained on small' }])
    const page = await opened.calls.scans.scores({ id: whole.id, offset: RECORDS - 1, limit: 1 })
    expect(page.scores[0]!.percentile[0]).toBeGreaterThanOrEqual(0)
    expect(await opened.calls.scans.sequence({ id: whole.id, position: 0 })).toMatchObject({
      bases: bases(READ, 0),
      strands: null,
      seen: [],
    })
    await expect(opened.calls.scans.resume({ id: stopped.id })).rejects.toMatchObject({ code: 'not-found' })
    expect((await opened.calls.scans.get({ id: stopped.id })).state).toBe('cancelled')
  })
})

describe('a workspace that is open for reading only', () => {
  it('shows scans and looks through sequences, and changes nothing', async () => {
    const { id } = await start(file('long.fa', `>long\n${bases(400, 8)}\n>short\n${bases(READ, 9)}\n`))
    await ended(id)
    await opened.workbench.close()
    const reader = await openSmall(workspace.folder, { readOnly: true })
    try {
      const { scans } = reader.calls
      expect((await scans.list({})).map((scan) => scan.id)).toContain(id)
      expect(await scans.get({ id })).toMatchObject({ state: 'completed', scored: 2 })
      expect((await scans.scores({ id, offset: 0, limit: 5, sort: { by: 'length', descending: false } })).scores[0]!.name).toBe('short')
      expect((await scans.histogram({ id, column: 'K562' })).scores.reduce((a, b) => a + b)).toBeGreaterThan(2)
      expect((await scans.sequence({ id, position: 0 })).strands!.forward).toHaveLength(2)
      expect((await scans.locus({ id, position: 0 })).name).toBe('long')
      const rule = { column: 'K562', percentile: 50, against: 'windows', mergeDistance: 0 } as const
      expect((await scans.peaks({ id, rule })).peaks.length).toBeGreaterThan(0)
      expect((await scans.export({ id, format: 'fasta' })).bytes.byteLength).toBeGreaterThan(0)
      const source: Source = { kind: 'text', text: '>a\nACGTACGTACGTACGTACGTACGT\n', name: 'x.fa' }
      const asked = { models: [{ run: run.id }], source }
      expect((await scans.preflight(asked)).records).toBe(1)
      const refused = [
        scans.start({ ...asked, name: 'x' }),
        scans.stop({ id }),
        scans.resume({ id }),
        scans.rename({ id, name: 'x' }),
        scans.bin({ id }),
        scans.restore({ id }),
        scans.purge({ id }),
        scans.annotate({ id, source }),
      ]
      for (const call of await Promise.allSettled(refused)) {
        expect(call).toMatchObject({ status: 'rejected', reason: { message: 'This workspace is open for reading only.' } })
      }
    } finally {
      await reader.workbench.close()
      opened = await openSmall(workspace.folder)
    }
  })
})
