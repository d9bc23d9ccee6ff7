import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabaseForReading } from '../../../../src/main/db/openDatabase.ts'
import { readPredictions } from '../../../../src/main/db/results.ts'
import { readAllElements } from '../../../../src/main/db/datasets.ts'
import { readAssignment } from '../../../../src/main/db/splits.ts'
import { recordsInChunk } from '../../../../src/main/scans/chunksToScore.ts'
import type { Run } from '../../../../src/shared/domain/run.ts'
import type { Scan, ScanState } from '../../../../src/shared/domain/scan.ts'
import { random } from '../../../../src/shared/stats/random.ts'
import {
  CELL_TYPES,
  LENGTH,
  longRecipe,
  makeWorkspace,
  openSmall,
  PREFIX,
  shortRecipe,
  SUFFIX,
  type OpenedWorkbench,
} from '../support/smallWorkspace.ts'

let workspace: ReturnType<typeof makeWorkspace>
let opened: OpenedWorkbench
let run: Run
beforeAll(async () => {
  workspace = makeWorkspace()
  opened = await openSmall(workspace.folder)
  const [launched] = await opened.calls.experiments.launch({
    dataset: workspace.dataset,
    split: { kind: 'group', seed: 1 },
    variants: ['embedding'],
    recipe: { ...shortRecipe, ambiguousBases: 'probabilities' },
    seeds: [1],
  })
  run = await opened.until(launched!.id, 'completed')
})
afterAll(async () => {
  await opened.workbench.close()
  workspace.remove()
})

const source = (text: string) => ({ kind: 'text', text, name: 'pasted.fa' }) as const
async function until(id: number, ...states: ScanState[]): Promise<Scan> {
  const seen = Promise.withResolvers<Scan>()
  const stop = opened.on('scans.changed', (scan) => {
    if (scan.id === id && states.includes(scan.state)) seen.resolve(scan)
  })
  const { skippedRecords: _, ...now } = await opened.calls.scans.get({ id })
  if (states.includes(now.state)) seen.resolve(now)
  return seen.promise.finally(stop)
}
async function scan(text: string): Promise<Scan> {
  const { id } = await opened.calls.scans.start({ models: [{ run: run.id }], source: source(text), name: 'my sequences' })
  return until(id, 'completed', 'failed')
}
const allScores = async ({ id }: Scan) => (await opened.calls.scans.scores({ id, offset: 0, limit: 10_000 })).scores

const element = 'ACGGTTGACCATGGCATTACGGATCCATTGGCAACGTTCA'
const construct = PREFIX + element + SUFFIX

describe('a scan', () => {
  it('gives the very numbers that the run predicted for its own test part', async () => {
    const database = openDatabaseForReading(workspace.folder)
    const predicted = readPredictions(database, run.id, 'test')!
    const assignment = readAssignment(database, run.split)
    const { names, sequences } = readAllElements(database, workspace.dataset)
    database.close()
    const test = [...assignment.keys()].filter((i) => assignment[i] === 2)
    const scores = await allScores(await scan(test.map((i) => `>${names[i]}\n${sequences[i]}\n`).join('')))
    expect(scores.map(({ name }) => name)).toEqual(test.map((i) => names[i]))
    scores.forEach(({ scores }, i) => scores.forEach((score, c) => expect(score).toBeCloseTo(predicted[i * 2 + c]!, 5)))
  })

  it('keeps names byte for byte, and reads lower case, RNA and bare elements as the same sequence', async () => {
    const names = ['A|b:c;d_Reversed: with words', 'ünïcode', 'third', 'fourth', 'fourth']
    const written = [construct, construct.toLowerCase(), construct.replaceAll('T', 'U'), element, element.toLowerCase()]
    const done = await scan(names.map((name, i) => `>${name}\n${written[i]!.slice(0, 20)}\n${written[i]!.slice(20)}\n`).join(''))
    const scores = await allScores(done)
    expect(done).toMatchObject({
      state: 'completed',
      scored: 5,
      skipped: 0,
      columns: CELL_TYPES.map((cellType) => ({ key: cellType, model: 0, cellType })),
      modelLength: LENGTH,
      models: [{ reference: { run: run.id }, name: 'embedding, trained on small', members: 1, available: true }],
      file: 'pasted.fa',
      layout: 'fasta',
      records: 5,
      message: null,
    })
    expect(scores.map(({ name, line, length, fitted }) => [name, line, length, fitted])).toEqual([
      [names[0], 1, 52, null],
      [names[1], 4, 52, null],
      [names[2], 7, 52, null],
      [names[3], 10, 40, 'adapters added'],
      [names[4], 13, 40, 'adapters added'],
    ])
    for (const { scores: values } of scores) expect(values).toEqual(scores[0]!.scores)
    expect(scores[0]!.scores[0]).not.toBe(scores[0]!.scores[1])
    const { bytes, fileName } = await opened.calls.scans.export({ id: done.id, format: 'tsv' })
    expect(fileName).toBe('my_sequences.tsv')
    const lines = Buffer.from(bytes)
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'))
    expect(lines[0]!.slice(0, 4)).toEqual(['name', 'length', ...CELL_TYPES])
    expect(lines.slice(1).map(([name]) => name)).toEqual(names)
    lines
      .slice(1)
      .forEach(([, , ...cells], i) => expect(cells.slice(0, 2).map((cell) => Math.fround(Number(cell)))).toEqual(scores[i]!.scores))
  })

  it('lists what it skipped, with line and reason', async () => {
    const done = await scan(`>good\n${construct}\n>protein\nACGT\nMEEKLLVAE\n>nothing\n>\nACGT\n`)
    expect(done).toMatchObject({ scored: 1, skipped: 3 })
    expect((await opened.calls.scans.get({ id: done.id })).skippedRecords).toEqual([
      { name: 'protein', line: 5, reason: 'E is not a DNA letter. This looks like protein.' },
      { name: 'nothing', line: 6, reason: 'There is no sequence.' },
      { name: '', line: 7, reason: 'The sequence has no name.' },
    ])
  })

  it('takes fewer records at a time of models that read long sequences, and at least one', () => {
    expect(recordsInChunk(230)).toBe(2048)
    for (const length of [1, 2048, 2049, 30_000, 1_000_000]) expect(recordsInChunk(length) * length).toBeLessThanOrEqual(4 << 20)
    expect(recordsInChunk(1_000_000)).toBe(4)
    expect(recordsInChunk(5 << 20)).toBe(1)
  })

  it('sorts, searches and pages in the database, over more than one chunk', async () => {
    const bases = random(3)
    const records = Array.from(
      { length: 5000 },
      (_, i) =>
        `>seq_${i}${i % 100 === 7 ? '%_odd' : ''}\n${Array.from({ length: 40 + (i % 13) }, () => 'ACGT'[bases.integer(4)]).join('')}\n`,
    )
    const done = await scan(records.join(''))
    expect(done).toMatchObject({ state: 'completed', scored: 5000 })
    const all = await allScores(done)
    expect(all.map(({ name }) => name).slice(4998)).toEqual(['seq_4998', 'seq_4999'])

    const byScore = all.toSorted((a, b) => b.scores[1]! - a.scores[1]!)
    const page = await opened.calls.scans.scores({
      id: done.id,
      offset: 100,
      limit: 3,
      sort: { by: 'score', column: 'K562', descending: true },
    })
    expect(page.total).toBe(5000)
    expect(page.scores).toEqual(byScore.slice(100, 103))
    const byLength = await opened.calls.scans.scores({ id: done.id, offset: 0, limit: 2, sort: { by: 'length', descending: false } })
    expect(byLength.scores.map(({ name }) => name)).toEqual(['seq_0', 'seq_13'])

    const found = await opened.calls.scans.scores({
      id: done.id,
      offset: 10,
      limit: 20,
      search: '%_ODD',
      sort: { by: 'line', descending: true },
    })
    expect(found.total).toBe(50)
    expect(found.scores.map(({ name }) => name).slice(0, 2)).toEqual(['seq_3907%_odd', 'seq_3807%_odd'])
    await expect(
      opened.calls.scans.scores({ id: done.id, offset: 0, limit: 1, sort: { by: 'score', column: 'colour', descending: false } }),
    ).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('runs while a run trains, in a process of its own', async () => {
    const [training] = await opened.calls.experiments.launch({
      dataset: workspace.dataset,
      split: { kind: 'group', seed: 1 },
      variants: ['baseline'],
      recipe: longRecipe,
      seeds: [1],
    })
    await opened.nextEpoch(training!.id)
    expect(await scan(`>a\n${construct}\n`)).toMatchObject({ state: 'completed', scored: 1 })
    expect((await opened.calls.experiments.stop({ id: training!.id })).state).toBe('cancelling')
    await opened.until(training!.id, 'cancelled')
  })

  it('fails in words where the file turns out not to be what it should', async () => {
    expect(await scan(`${construct}\n>a\nACGT\n`)).toMatchObject({
      state: 'failed',
      scored: 0,
      message: expect.stringMatching(/line 2: here is a name, but the first sequence has none/) as string,
    })
  })

  it('is refused in words where nothing can be scored, and leaves nothing behind', async () => {
    const before = await opened.calls.scans.list({})
    const start = (text: string) => opened.calls.scans.start({ models: [{ run: run.id }], source: source(text), name: 'x' })
    await expect(start('name\tactivity\na\t1.5\n')).rejects.toThrow(/is a table, and none of its columns holds DNA sequences/)
    await expect(start('>a\nACGT\n')).rejects.toThrow(
      'Nothing in pasted.fa can be scored. a, line 1: It is 4 bases long; nothing shorter than 20 is scored.',
    )
    await expect(start('>p\nMKLV\n>q\n')).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'Nothing in pasted.fa can be scored. p, line 2: L is not a DNA letter. This looks like protein.',
      details: { file: 'pasted.fa', line: 2 },
    })
    await expect(
      opened.calls.scans.start({ models: [{ run: run.id }], source: { kind: 'path', path: '/nowhere/x.fa' }, name: 'x' }),
    ).rejects.toMatchObject({ details: { file: 'x.fa' } })
    expect(await opened.calls.scans.list({})).toEqual(before)
    await expect(opened.calls.scans.preflight({ models: [{ run: 99 }], source: source('>a\nA\n') })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('is stopped when asked, and interrupted when the workbench closes; both keep what is scored', async () => {
    const long = Array.from({ length: 40_000 }, (_, i) => `>s${i}\n${element}\n`).join('')
    const first = await opened.calls.scans.start({ models: [{ run: run.id }], source: source(long), name: 'long' })
    await new Promise<void>((resolve) => opened.on('scans.changed', ({ id, scored }) => id === first.id && scored > 0 && resolve()))
    const stopped = await opened.calls.scans.stop({ id: first.id })
    expect(stopped.state).toBe('cancelled')
    expect(stopped.scored).toBeGreaterThan(0)
    expect(stopped.scored).toBeLessThan(40_000)
    expect((await opened.calls.scans.scores({ id: first.id, offset: 0, limit: 1 })).total).toBe(stopped.scored)
    await expect(opened.calls.scans.stop({ id: first.id })).rejects.toMatchObject({ code: 'conflict' })

    const second = await opened.calls.scans.start({ models: [{ run: run.id }], source: source(long), name: 'long' })
    await opened.workbench.close()
    opened = await openSmall(workspace.folder)
    expect((await opened.calls.scans.list({}))[0]).toMatchObject({
      id: second.id,
      state: 'interrupted',
      message: 'The workbench was closed during this scan.',
    })
  })
})
