import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { calls } from '../../../../src/shared/contract/calls.ts'
import type { DatasetDetail } from '../../../../src/shared/domain/dataset.ts'
import { random, shuffle } from '../../../../src/shared/stats/random.ts'
import { readActivities, readAllElements } from '../../../../src/main/db/datasets.ts'
import {
  context,
  contentOf,
  encodeFixture,
  fixturePath,
  importFiles,
  importPlan,
  planOf,
  testWorkbench,
  text,
  type ImportedFiles,
  type TestWorkbench,
} from './datasetFixtures.ts'

const run = (workbench: TestWorkbench, files: ImportedFiles, name = 'fixture', minimumBarcodes = 10) =>
  importFiles(workbench, { name, files, minimumBarcodes })

const fasta = (records: Record<string, string>) =>
  text(
    'library.fa',
    Object.entries(records)
      .map(([name, sequence]) => `>${name}\n${sequence}\n`)
      .join(''),
  )
const HEADER = 'condition\treplicate\tname\tdna_count\trna_count\tratio\tlog2\tn_obs_bc'
const activities = (cellType: string, rows: [name: string, replicate: number, log2: number | string, barcodes: number][]) => ({
  cellType,
  source: text(
    `${cellType}.tsv`,
    [HEADER, ...rows.map(([name, replicate, log2, barcodes]) => [cellType, replicate, name, 1, 1, 1, log2, barcodes].join('\t'))].join(
      '\n',
    ),
  ),
})
const noteOf = (dataset: DatasetDetail, kind: string) => dataset.report.notes.find((note) => note.kind === kind)

describe('importing ENCODE’s files', () => {
  it('takes the fixture as it is and accounts for every name and row', async () => {
    const workbench = testWorkbench()
    const dataset = calls.datasets.commit.output.parse(await run(workbench, encodeFixture))
    // Worked from the files themselves, without the importer.
    const expected = workOut()
    expect(dataset).toMatchObject({
      name: 'fixture',
      simulated: false,
      elements: 700,
      length: 230,
      rows: expected.rows,
      minimumBarcodes: 10,
      adapters: { prefix: 'AGGACCGGATCAACT', suffix: 'CATTGCGTGAACCGA', known: true },
      unmatched: { sequences: 14, activities: expected.strays.size },
    })
    expect(dataset.report.belowMinimumBarcodes).toBe(expected.below)
    expect(expected.below).toBeGreaterThan(10)
    expect(dataset.report.files.map(({ name, rows }) => [name, rows])).toEqual([
      ['library.fasta', 714],
      ...(['HepG2.tsv', 'K562.tsv.gz', 'WTC11.tsv.gz'] as const).map((name, i) => [name, expected.rowsOfFile[i]]),
    ])
    for (const cellType of ['HepG2', 'K562', 'WTC11']) expect(dataset.report.unmatched.activitiesByCellType[cellType]?.count).toBe(7)
    const { names } = readAllElements(workbench.database, dataset.id)
    expect(names).toEqual([...names].sort())
    for (const [cellType, vector] of readActivities(workbench.database, dataset.id).entries()) {
      names.forEach((name, i) => {
        const mean = expected.means[cellType]!.get(name)
        if (mean === undefined) expect(vector[i]).toBeNaN()
        else expect(vector[i]).toBeCloseTo(mean, 5)
      })
    }
    expect(workbench.events).toMatchObject([{ name: 'datasets.changed', value: { id: dataset.id, elements: 700 } }])
  })

  it('gives the same dataset whatever the order of rows and records, and another for another minimum', async () => {
    const workbench = testWorkbench()
    const first = await run(workbench, encodeFixture)
    const shuffled = await run(workbench, shuffledFixture(), 'shuffled')
    expect(shuffled.fingerprint).toBe(first.fingerprint)
    expect(readAllElements(workbench.database, shuffled.id)).toEqual(readAllElements(workbench.database, first.id))
    expect({ ...shuffled.report, files: [], notes: [] }).toEqual({ ...first.report, files: [], notes: [] })
    expect((await run(workbench, encodeFixture, 'all', 0)).fingerprint).not.toBe(first.fingerprint)
  })

  it('joins names byte for byte, averages enough barcodes, and says everything it let pass', async () => {
    const dna = 'ACGTACGTTT'
    const dataset = await run(testWorkbench(), {
      kind: 'encode',
      fasta: fasta({
        'a|1:x;_Reversed:': dna,
        'a ': 'ACGTNNNNAA',
        b: dna,
        c: 'AAACGTACGT',
        d: 'GGGGG',
        low: 'TTTTTTTTTT',
        lonely: 'CCCCCCCCCC',
      }),
      activities: [
        activities('K562', [
          ['a|1:x;_Reversed:', 2, 3, 10],
          ['a|1:x;_Reversed:', 1, 1, 11],
          ['a|1:x;_Reversed:', 3, 100, 9],
          ['a ', 1, 0.5, 20],
          ['a', 1, 7, 20],
          ['b', 1, 'NA', 20],
          ['b', 2, '-inf', 20],
          ['b', 3, 2, 20],
          ['c', 1, 1, 12],
          ['c', 1, 9, 11],
          ['d', 1, 1, 10],
          ['low', 1, 1, 2],
        ]),
        activities('HepG2', [
          ['a|1:x;_Reversed:', 1, -1, 30],
          ['b', 1, -2, 30],
          ['stranger', 1, 0, 30],
        ]),
      ],
    })
    expect(dataset.cellTypes.map(({ name, measured, replicates }) => [name, measured, replicates])).toEqual([
      ['K562', 5, 3],
      ['HepG2', 2, 1],
    ])
    expect(dataset.rows).toBe(7)
    expect(dataset.report.unmatched).toEqual({
      sequences: { count: 2, first: ['lonely', 'low'] },
      activities: { count: 2, first: ['a', 'stranger'] },
      activitiesByCellType: { K562: { count: 1, first: ['a'] }, HepG2: { count: 1, first: ['stranger'] } },
    })
    expect(dataset.report.belowMinimumBarcodes).toBe(2)
    const { report } = dataset
    expect(Object.fromEntries(report.notes.map(({ kind, count }) => [kind, count]))).toEqual({
      'duplicate-sequences': 2,
      'reverse-complements': 3,
      'ambiguous-letters': 1,
      lengths: 1,
      'low-barcodes': 2,
      'missing-cell-types': 3,
      'duplicate-rows': 1,
      'not-finite': 2,
      'missing-replicates': 4,
    })
    expect(noteOf(dataset, 'ambiguous-letters')?.message).toMatch(/^1 element has letters that stand for more than one base/)
    expect(noteOf(dataset, 'lengths')?.message).toMatch(/^1 element is shorter than the longest, \d+ bases; the shortest has \d+\. /)
    expect(noteOf(dataset, 'missing-cell-types')?.message).toBe(
      '3 elements have no activity in at least one cell type, and are used in the others.',
    )
    expect(noteOf(dataset, 'duplicate-rows')?.message).toMatch(/^1 row measures an element once more/)
    expect(noteOf(dataset, 'not-finite')?.message).toBe(
      '2 activities are missing (empty or NA) or infinite in the file, and were left out.',
    )
    expect(noteOf(dataset, 'low-barcodes')?.examples).toContainEqual({ name: 'low', file: 'K562.tsv', line: 13 })
    expect(noteOf(dataset, 'not-finite')?.examples).toEqual([
      { name: 'b', file: 'K562.tsv', line: 7 },
      { name: 'b', file: 'K562.tsv', line: 8 },
    ])
    expect(noteOf(dataset, 'lengths')?.examples).toEqual([{ name: 'd', file: 'library.fa', line: 9 }])
  })

  it('keeps the activities exactly, and the full list of unmatched names', async () => {
    const workbench = testWorkbench()
    const dataset = await run(workbench, {
      kind: 'encode',
      fasta: fasta({ a: 'ACGTACGTTT', b: 'ACCCCCGTTT', z: 'GGGGGGGGGG' }),
      activities: [
        activities('K562', [
          ['a', 1, 0.1, 10],
          ['a', 2, 0.2, 10],
          ['b', 1, -1.5, 10],
          ['s;1', 1, 1, 10],
        ]),
      ],
    })
    expect(
      await workbench.datasets.elements(calls.datasets.elements.input.parse({ id: dataset.id, offset: 0, limit: 10 }), context()),
    ).toMatchObject({
      total: 2,
      elements: [
        { name: 'a', sequence: 'ACGTACGTTT', activities: [Math.fround((0.1 + 0.2) / 2)] },
        { name: 'b', sequence: 'ACCCCCGTTT', activities: [-1.5] },
      ],
    })
    const { bytes } = await workbench.datasets.unmatched({ id: dataset.id }, context())
    expect(new TextDecoder().decode(bytes)).toBe('side\tcell_type\tname\nsequence\t\tz\nactivity\tK562\ts;1\n')
  })

  it('takes the rows of one cell type out of a file of several', async () => {
    const both = [activities('K562', [['a', 1, 1, 10]]), activities('HepG2', [['a', 1, 2, 10]])].map(
      ({ source }) => (source as { text: string }).text,
    )
    const mixed = text('mixed.tsv', `${both[0]}\n${both[1]!.split('\n').slice(1).join('\n')}`)
    const files = (cellType: string): ImportedFiles => ({
      kind: 'encode',
      fasta: fasta({ a: 'ACGTACGTTT' }),
      activities: [{ cellType, source: mixed }],
    })
    const workbench = testWorkbench()
    const dataset = await run(workbench, files('HepG2'))
    expect([...readActivities(workbench.database, dataset.id)[0]!]).toEqual([2])
    await expect(run(workbench, files('WTC11'), 'not-finite')).rejects.toThrow('mixed.tsv holds rows of K562, HepG2, and none of WTC11.')
  })
})

describe('importing a table', () => {
  it('takes lentiMPRA’s columns, and the replicates of sharpr’s', async () => {
    const workbench = testWorkbench()
    const lenti = text(
      'HepG2.tsv',
      'seq_id\tseq\tmean_value\na\tACGTACGTACGT\t0.908\na_Reversed:\tACGTACGTACGA\t0.276\nb\tACGTACGTAAAA\tNA\n',
    )
    const [inspected] = await workbench.datasets.inspect({ sources: [lenti] }, context())
    if (inspected?.kind !== 'table') throw new Error('no table')
    const plan = { sequences: { kind: 'table' as const }, tables: [{ source: lenti, mapping: inspected.mapping }] }
    const dataset = await importPlan(workbench, plan)
    expect(dataset).toMatchObject({
      elements: 2,
      rows: 2,
      minimumBarcodes: 0,
      cellTypes: [{ name: 'HepG2', measured: 2, ceiling: null }],
      unmatched: { sequences: 1, activities: 0 },
    })

    const columns = { name: 'id', sequence: 'sequence', activities: { HepG2_rep1: 'HepG2_rep1', HepG2_rep2: 'HepG2_rep2', K562: 'K562' } }
    const sharpr = text(
      'activity.csv',
      'id,sequence,HepG2_rep1,HepG2_rep2,K562\na,ACGTACGTACGT,1,2,5\nb,ACGTACGTACGA,3,4,6\nc,ACGTACGTACCC,5,7,\n',
    )
    const second = await run(workbench, { kind: 'table', source: sharpr, columns }, 'sharpr')
    expect(second.cellTypes.map(({ name, replicates, measured, mean }) => [name, replicates, measured, mean])).toEqual([
      ['HepG2', 2, 3, expect.closeTo(22 / 6, 6)],
      ['K562', 1, 2, 5.5],
    ])
    expect(second.cellTypes[0]!.replicateR).toBeGreaterThan(0.9)
  })
})

describe('an import that does not come to its end', () => {
  it('leaves nothing when it is stopped, at whatever stage', async () => {
    const workbench = testWorkbench()
    const before = contentOf(workbench.folder)
    const stages = new Set<string>()
    await workbench.datasets.simulate(
      { name: 'gone', elements: 100, seed: 1 },
      context(undefined, (value: { stage: string }) => stages.add(value.stage)),
    )
    expect([...stages]).toEqual(['Simulating', 'Matching names', 'Finding related sequences', 'Saving'])
    const workbench2 = testWorkbench()
    for (const stage of stages) {
      const controller = new AbortController()
      const stopping = workbench2.datasets.simulate(
        { name: 'a', elements: 100, seed: 1 },
        context(controller.signal, (value: { stage: string }) => value.stage === stage && controller.abort()),
      )
      await expect(stopping).rejects.toMatchObject({ code: 'cancelled' })
      expect(contentOf(workbench2.folder)).toBe(before)
    }
    expect(workbench2.events).toEqual([])
  })

  it('refuses a name that is taken, and keeps what was read for another one', async () => {
    const workbench = testWorkbench()
    const two = await Promise.allSettled([run(workbench, encodeFixture), run(workbench, encodeFixture)])
    expect(two.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const { prepared } = await workbench.datasets.prepare({ plan: await planOf(workbench, encodeFixture) }, context())
    const commit = (name: string) =>
      Promise.resolve(workbench.datasets.commit(calls.datasets.commit.input.parse({ prepared, name }), context()))
    await expect(commit('fixture')).rejects.toMatchObject({ code: 'conflict', message: 'There is a dataset named fixture already.' })
    await expect(commit('other')).resolves.toMatchObject({ elements: 700 })
    await expect(commit('third')).rejects.toMatchObject({ code: 'not-found' })
    expect(await workbench.datasets.list({ binned: false }, context())).toHaveLength(2)
  })
})

function workOut() {
  const sequences = new Set(
    readFileSync(fixturePath('library.fasta'), 'utf8')
      .match(/^>.*$/gm)!
      .map((header) => header.slice(1)),
  )
  const strays = new Set<string>()
  const means: Map<string, number>[] = []
  const rowsOfFile: number[] = []
  let below = 0
  for (const file of ['HepG2.tsv', 'K562.tsv.gz', 'WTC11.tsv.gz']) {
    const values = new Map<string, number[]>()
    const lines = textOf(file).trimEnd().split('\n').slice(1)
    rowsOfFile.push(lines.length)
    for (const line of lines) {
      const [, , name, , , , log2, barcodes] = line.split('\t') as [string, string, string, string, string, string, string, string]
      if (!sequences.has(name)) strays.add(name)
      else if (Number(barcodes) < 10) below++
      else values.set(name, [...(values.get(name) ?? []), Number(log2)])
    }
    means.push(new Map([...values].map(([name, all]) => [name, all.reduce((sum, value) => sum + value, 0) / all.length])))
  }
  return { strays, means, below, rowsOfFile, rows: means.reduce((sum, { size }) => sum + size, 0) }
}

function textOf(file: string): string {
  const bytes = readFileSync(fixturePath(file))
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
}

function shuffledFixture(): ImportedFiles {
  const records = readFileSync(fixturePath('library.fasta'), 'utf8')
    .split(/^>/m)
    .slice(1)
    .map((record) => `>${record}`)
  const rows = (file: string) => {
    const [header, ...lines] = textOf(file).trimEnd().split('\n')
    return [header, ...shuffle(lines, random(99))].join('\r\n')
  }
  return {
    kind: 'encode',
    fasta: text('other.fa', shuffle(records, random(98)).join('')),
    activities: ['HepG2.tsv', 'K562.tsv.gz', 'WTC11.tsv.gz'].map((file) => ({
      cellType: file.split('.')[0]!,
      source: text(`other ${file}`, rows(file)),
    })),
  }
}
