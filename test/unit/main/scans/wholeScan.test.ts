import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Run } from '../../../../src/shared/domain/run.ts'
import type { Scan, ScanOptions, Score } from '../../../../src/shared/domain/scan.ts'
import type { Source } from '../../../../src/shared/domain/source.ts'
import { codesOf, decodeBases, reverseComplement } from '../../../../src/shared/dna/bases.ts'
import { random } from '../../../../src/shared/stats/random.ts'
import {
  CELL_TYPES,
  LENGTH,
  makeWorkspace,
  openSmall,
  PREFIX,
  shortRecipe,
  SUFFIX,
  type OpenedWorkbench,
} from '../support/smallWorkspace.ts'

const READ = LENGTH - PREFIX.length - SUFFIX.length

let workspace: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
let runs: Run[]
beforeAll(async () => {
  workspace = makeWorkspace()
  opened = await openSmall(workspace.folder)
  const launched = await opened.calls.experiments.launch({
    dataset: workspace.dataset,
    split: { kind: 'group', seed: 1 },
    variants: ['embedding', 'full'],
    recipe: { ...shortRecipe, strands: 'both', ambiguousBases: 'probabilities' },
    seeds: [1],
  })
  runs = await Promise.all(launched.map(({ id }) => opened.until(id, 'completed')))
})
afterAll(async () => {
  await opened.workbench.close()
  workspace.remove()
})

const pasted = (text: string): Source => ({ kind: 'text', text, name: 'pasted.fa' })
const bases = (length: number, seed: number) => {
  const source = random(seed)
  return Array.from({ length }, () => 'ACGT'[source.integer(4)]!).join('')
}
const ended = async (id: number): Promise<Scan> => {
  await expect.poll(async () => (await opened.calls.scans.get({ id })).state, { timeout: 20_000 }).not.toBe('running')
  return opened.calls.scans.get({ id })
}
async function scan(source: Source, options: Partial<ScanOptions> = {}, models = [{ run: runs[0]!.id }]) {
  const { id } = await opened.calls.scans.start({ models, source, name: 'x', options })
  const done = await ended(id)
  expect(done).toMatchObject({ state: 'completed', message: null })
  return { scan: done, scores: (await opened.calls.scans.scores({ id, offset: 0, limit: 10_000 })).scores }
}
const expectClose = (a: readonly number[], b: readonly number[]) =>
  a.forEach((value, i) => expect(Math.abs(value - b[i]!)).toBeLessThan(1e-6))

describe('a sequence', () => {
  it('has the same score in either case, as RNA, and on the other strand where strands are averaged', async () => {
    const sequence = PREFIX + bases(READ, 3) + SUFFIX
    // Of the model's length, so that both strands are read as they are.
    const other = decodeBases(reverseComplement(codesOf(sequence)))
    const written = [sequence, sequence.toLowerCase(), sequence.replaceAll('T', 'U'), other]
    const { scores } = await scan(pasted(written.map((text, i) => `>s${i}\n${text}\n`).join('')))
    for (const { scores: values } of scores) expectClose(values, scores[0]!.scores)
    const forward = await scan(pasted(written.map((text, i) => `>s${i}\n${text}\n`).join('')), { strands: 'forward' })
    const [one, , , turned] = forward.scores as [Score, Score, Score, Score]
    expectClose(
      scores[0]!.scores,
      one.scores.map((value, c) => (value + turned.scores[c]!) / 2),
    )
    expect(one.scores).not.toEqual(turned.scores)
  })

  it('that is long has the highest score of its windows, each scored as it would be alone', async () => {
    const long = bases(230, 5)
    const { scan: done, scores } = await scan(pasted(`>long\n${long}\n`), { stride: 7 })
    const starts = Array.from({ length: Math.floor((230 - READ) / 7) + 1 }, (_, i) => i * 7)
    if (starts.at(-1) !== 230 - READ) starts.push(230 - READ)
    const windows = starts.map((at) => long.slice(at, at + READ))
    const alone = await scan(pasted(windows.map((text, i) => `>w${i}\n${text}\n`).join('')))
    expect(scores).toHaveLength(1)
    expect(scores[0]).toMatchObject({ name: 'long', length: 230, windows: windows.length })
    expectClose(
      scores[0]!.scores,
      CELL_TYPES.map((_, c) => Math.max(...alone.scores.map(({ scores: values }) => values[c]!))),
    )
    expect(done.windows).toBe(windows.length)
    const middle = await scan(pasted(`>long\n${long}\n`), { long: 'middle' })
    expect(middle.scores[0]).toMatchObject({ windows: 0, fitted: `the middle ${READ} of 230 bases, adapters added` })
  })

  it('is compared with the training part, with shuffled sequences, and with the data', async () => {
    const element = (await opened.calls.datasets.elements({ id: workspace.dataset, offset: 0, limit: 1 })).elements[0]!
    const { sequence } = await opened.calls.datasets.element({ id: workspace.dataset, position: 0 })
    const records = [`>known\n${sequence}\n`, `>other\n${PREFIX}${'AT'.repeat(READ / 2)}${SUFFIX}\n`]
    const { scores } = await scan(pasted(records.join('')), { shuffled: 50 })
    for (const { percentile, aboveShuffled, gc, distance } of scores) {
      for (const share of [...percentile, ...aboveShuffled, distance]) {
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(100)
      }
      expect(gc).toBeGreaterThan(0)
    }
    expect(element.name).toBe('element 0')
    expect(scores[1]!.flags).toEqual(expect.arrayContaining(['unlike-training', 'gc']))
    expect(scores[1]!.flags).not.toContain('seen')
    const preflight = await opened.calls.scans.preflight({ models: [{ run: runs[0]!.id }], source: pasted(records.join('')) })
    expect(preflight.seen).toEqual([{ part: expect.any(String) as string, relation: 'exact', count: 1 }])
    const part = preflight.seen![0]!.part
    expect(scores[0]!.flags.includes('seen')).toBe(part === 'train')
    expect(preflight.classes.map(({ kind }) => kind)).toContain('seen-in-training')
  })
})

describe('several models', () => {
  it('have columns of their own, each as it has alone', async () => {
    const text = [1, 2, 3].map((i) => `>s${i}\n${bases(READ, i)}\n`).join('')
    const both = await scan(
      pasted(text),
      {},
      runs.map(({ id }) => ({ run: id })),
    )
    expect(both.scan.columns.map(({ key }) => key)).toEqual(
      ['embedding', 'full'].flatMap((variant) => CELL_TYPES.map((cellType) => `${variant}, trained on small: ${cellType}`)),
    )
    for (const [m, run] of runs.entries()) {
      const alone = await scan(pasted(text), {}, [{ run: run.id }])
      both.scores.forEach(({ scores }, i) => expectClose(scores.slice(2 * m, 2 * m + 2), alone.scores[i]!.scores))
    }
    expect(both.scores[0]!.specificity[0]).toBeCloseTo(both.scores[0]!.scores[0]! - both.scores[0]!.scores[1]!, 5)
  })

  it('as an ensemble give their mean, and how far they are apart', async () => {
    const ensemble = await opened.calls.ensembles.make({ name: 'pair', runs: runs.map(({ id }) => id) })
    const text = [1, 2, 3].map((i) => `>s${i}\n${bases(READ, i)}\n`).join('') + `>long\n${bases(300, 9)}\n`
    const start = await opened.calls.scans.start({ models: [{ ensemble: ensemble.id }], source: pasted(text), name: 'x' })
    expect(await ended(start.id)).toMatchObject({ state: 'completed', models: [{ members: 2, name: 'pair, an ensemble' }] })
    const { scores } = await opened.calls.scans.scores({ id: start.id, offset: 0, limit: 10 })
    const [a, b] = await Promise.all(runs.map(({ id }) => scan(pasted(text), {}, [{ run: id }])))
    scores.slice(0, 3).forEach(({ scores: mean, spread }, i) => {
      const pairs = CELL_TYPES.map((_, c) => [a!.scores[i]!.scores[c]!, b!.scores[i]!.scores[c]!] as const)
      expectClose(
        mean,
        pairs.map(([x, y]) => (x + y) / 2),
      )
      expectClose(
        spread as number[],
        pairs.map(([x, y]) => Math.abs(x - y) / Math.SQRT2),
      )
    })
    for (const value of scores[3]!.spread) expect(value).toBeGreaterThanOrEqual(0)
  })
})

describe('a scan', () => {
  const many = Array.from({ length: 12_000 }, (_, i) => `>s${i}\n${bases(READ, i % 50)}\n`).join('') + `>long\n${bases(60_000, 77)}\n`

  /** Starts a scan of a file, and stops it after its first chunk. */
  async function stopped(path: string): Promise<Scan> {
    const { id } = await opened.calls.scans.start({
      models: [{ run: runs[0]!.id }],
      source: { kind: 'path', path },
      name: 'mine',
      options: { stride: 5 },
    })
    await new Promise<void>((resolve) => {
      const stop = opened.on('scans.changed', (seen) => {
        if (seen.id !== id || seen.scored === 0) return
        stop()
        resolve()
      })
    })
    const scan = await opened.calls.scans.stop({ id })
    expect(scan.state).toBe('cancelled')
    expect(scan.scored).toBeLessThan(12_001)
    return scan
  }

  it('goes on after a stop, and then is as if it had never been stopped', async () => {
    const path = join(workspace.folder, 'many.fa')
    writeFileSync(path, many)
    const { id } = await stopped(path)
    expect((await opened.calls.scans.resume({ id })).state).toBe('running')
    await expect(opened.calls.scans.resume({ id })).rejects.toMatchObject({ code: 'conflict' })
    const done = await ended(id)
    const whole = await scan({ kind: 'path', path }, { stride: 5 })
    const pick = ({ state, scored, skipped, windows, records }: Scan) => ({ state, scored, skipped, windows, records })
    expect(pick(done)).toEqual(pick(whole.scan))
    for (const offset of [0, 5000, 11_990]) {
      const page = { offset, limit: 100 }
      const [a, b] = await Promise.all([id, whole.scan.id].map((of) => opened.calls.scans.scores({ id: of, ...page })))
      expect(a).toEqual(b)
    }
    await expect(opened.calls.scans.resume({ id })).rejects.toThrow('The scan mine is complete.')
  })

  it('does not go on with a file that has changed', async () => {
    const path = join(workspace.folder, 'changing.fa')
    writeFileSync(path, many)
    const { id } = await stopped(path)
    writeFileSync(path, many.replace('>s5\n', '>s6\n'))
    await expect(opened.calls.scans.resume({ id })).rejects.toThrow(
      'changing.fa has been changed since this scan began, or is not there any more, so the scan cannot go on.',
    )
  })

  it('goes to the bin, comes back, and is deleted with all that it has', async () => {
    const { scan: done } = await scan(pasted(`>a\n${bases(READ, 1)}\n`))
    await expect(opened.calls.scans.purge({ id: done.id })).rejects.toMatchObject({ code: 'conflict' })
    expect((await opened.calls.scans.bin({ id: done.id })).binnedAt).not.toBeNull()
    const listed = async (binned: boolean) => (await opened.calls.scans.list({ binned })).map(({ id }) => id)
    expect(await listed(true)).toEqual([done.id])
    expect(await listed(false)).not.toContain(done.id)
    expect((await opened.calls.scans.restore({ id: done.id })).binnedAt).toBeNull()
    expect((await opened.calls.scans.rename({ id: done.id, name: 'theirs' })).name).toBe('theirs')
    await opened.calls.scans.bin({ id: done.id })
    const removed = new Promise<number>((resolve) => opened.on('scans.removed', ({ id }) => resolve(id)))
    expect((await opened.calls.scans.purge({ id: done.id })).bytes).toBeGreaterThan(0)
    expect(await removed).toBe(done.id)
    await expect(opened.calls.scans.get({ id: done.id })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is refused where its models do not go together', async () => {
    const [specific] = await opened.calls.experiments.launch({
      dataset: workspace.dataset,
      split: { kind: 'group', seed: 1 },
      variants: ['embedding'],
      recipe: { ...shortRecipe, target: 'specificity' },
      seeds: [1],
    })
    await opened.until(specific!.id, 'completed')
    const models = [{ run: runs[0]!.id }, { run: specific!.id }]
    await expect(opened.calls.scans.preflight({ models, source: pasted('>a\nACGT\n') })).rejects.toThrow(
      /cannot score in one scan: one predicts log2\(RNA\/DNA\), the other specificity\./,
    )
  })

  it('leaves out the lines that the person takes out', async () => {
    const { scan: done, scores } = await scan(pasted(`>a\n${bases(READ, 1)}\n>b\n${bases(READ, 2)}\n`), { skip: [3] })
    expect(scores.map(({ name }) => name)).toEqual(['a'])
    expect((await opened.calls.scans.get({ id: done.id })).skippedRecords).toEqual([{ name: 'b', line: 3, reason: 'You took it out.' }])
  })
})
