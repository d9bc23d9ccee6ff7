import { describe, expect, it } from 'vitest'
import { calls } from '../../../../../src/shared/contract/calls.ts'
import {
  importDecisionsSchema,
  type FindingKind,
  type ImportDecisions,
  type ImportPlan,
} from '../../../../../src/shared/domain/importing.ts'
import { readContent } from '../../../../../src/main/db/datasetContent.ts'
import { readOrigin } from '../../../../../src/main/db/datasetShelf.ts'
import { random } from '../../../../../src/shared/stats/random.ts'
import { context, contentOf, encodeFixture, planOf, testWorkbench, text, type TestWorkbench } from '../datasetFixtures.ts'

const source = random(5)
const dna = (length: number) => Array.from({ length }, () => 'ACGT'[source.integer(4)]).join('')
const SEQUENCES: Record<string, string> = {
  ...Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`e${String(i).padStart(2, '0')}`, dna(30)])),
  short: dna(20),
  unsure: `${dna(29)}N`,
  '2-Sep': dna(30),
}

/** A table with a fault of each kind. */
function faulty(): ImportPlan {
  const lines = ['name\tseq\tclass\tK1\tK2\tH1\tH2\tbc']
  for (const [i, [name, sequence]] of Object.entries(SEQUENCES).entries()) {
    const value = i === 7 ? 90 : source.normal()
    const noisy = () => (value + 0.1 * source.normal()).toFixed(4)
    const unrelated = () => source.normal().toFixed(4)
    lines.push(
      [name, sequence, i % 2 ? 'odd' : 'even', noisy(), i === 9 ? 'NA' : noisy(), unrelated(), unrelated(), i === 11 ? 3 : 20].join('\t'),
    )
  }
  lines.push(`protein\tMKTAYIAKQRQISFVKSHFSRQ\todd\t1\t1\t1\t1\t20`)
  const activity = (cellType: string, replicate: string) => ({ role: 'activity' as const, cellType, replicate })
  return {
    sequences: { kind: 'table' },
    tables: [
      {
        source: text('faulty.tsv', lines.join('\n')),
        mapping: {
          header: 'first-line',
          decimal: '.',
          firstBase: 0,
          columns: [
            { column: 'name', is: { role: 'name' } },
            { column: 'seq', is: { role: 'sequence' } },
            { column: 'class', is: { role: 'label' } },
            { column: 'K1', is: activity('K562', '1') },
            { column: 'K2', is: activity('K562', '2') },
            { column: 'H1', is: activity('HepG2', '1') },
            { column: 'H2', is: activity('HepG2', '2') },
            { column: 'bc', is: { role: 'barcodes' } },
          ],
        },
      },
    ],
  }
}

async function prepared(plan: ImportPlan, workbench = testWorkbench()) {
  const { prepared: handle } = calls.datasets.prepare.output.parse(await workbench.datasets.prepare({ plan }, context()))
  const decided = (some: Partial<ImportDecisions>) => importDecisionsSchema.parse(some)
  return {
    workbench,
    handle,
    review: async (some: Partial<ImportDecisions> = {}) =>
      calls.datasets.review.output.parse(await workbench.datasets.review({ prepared: handle, decisions: decided(some) }, context())),
    finding: async (kind: FindingKind, some: Partial<ImportDecisions> = {}) => {
      const { bytes } = await workbench.datasets.finding({ prepared: handle, decisions: decided(some), kind }, context())
      return new TextDecoder().decode(bytes).trimEnd().split('\n')
    },
    commit: (name: string, some: Partial<ImportDecisions> = {}) =>
      Promise.resolve(workbench.datasets.commit({ prepared: handle, name, decisions: decided(some) }, context())),
  }
}

describe('the pre-flight report', () => {
  it('tells of every fault, what is done about it, and where it stands', async () => {
    const { review, finding } = await prepared(faulty())
    const { findings, problem, summary } = await review()
    expect(Object.fromEntries(findings.map(({ kind, count }) => [kind, count]))).toEqual({
      'not-dna': 1,
      'unmatched-sequences': 1,
      'excel-dates': 1,
      'unmatched-activities': 1,
      'ambiguous-letters': 1,
      lengths: 1,
      'low-barcodes': 4,
      'missing-replicates': 1,
      'not-finite': 1,
      outliers: 1,
      'disagreeing-replicates': 1,
    })
    expect(problem?.message).toBe('faulty.tsv, line 65 (protein): I is not a DNA letter. This looks like protein.')
    expect(findings.find(({ kind }) => kind === 'not-dna')).toMatchObject({
      effect: 'blocks',
      examples: [{ name: 'protein', file: 'faulty.tsv', line: 65 }],
      choice: { decision: 'notDna' },
    })
    expect(findings.find(({ kind }) => kind === 'disagreeing-replicates')?.message).toMatch(/^The replicates of HepG2 \(r = /)
    expect(summary).toMatchObject({ elements: 62, length: 30 })
    expect(await finding('low-barcodes')).toEqual([
      'name\tfile\tline\tdetail',
      ...['K562', 'K562', 'HepG2', 'HepG2'].map((cellType) => `e11\tfaulty.tsv\t13\t${cellType}`),
    ])
  })

  it('counts what a decision would do, and the dataset is what was shown', async () => {
    const { review, commit, workbench } = await prepared(faulty())
    const elements = async (some: Partial<ImportDecisions>) => (await review({ notDna: 'skip', ...some })).summary.elements
    expect(await elements({})).toBe(62)
    expect(await elements({ minimumBarcodes: 0 })).toBe(63)
    expect(await elements({ minimumBarcodes: 0, ambiguous: 'drop' })).toBe(62)
    expect(await elements({ minimumBarcodes: 0, shortest: 25 })).toBe(62)
    expect(await elements({ minimumBarcodes: 0, longest: 20 })).toBe(1)
    const decisions = {
      notDna: 'skip',
      outliersBeyond: 10,
      incomplete: 'drop',
      excludedCellTypes: ['HepG2'],
      ambiguous: 'drop',
    } satisfies Partial<ImportDecisions>
    const shown = await review(decisions)
    expect(shown.problem).toBeNull()
    expect(shown.summary.cellTypes.map(({ name }) => name)).toEqual(['K562'])
    expect(shown.allCellTypes).toEqual(['K562', 'HepG2'])
    const dataset = await commit('faulty', decisions)
    expect(dataset).toMatchObject({ elements: shown.summary.elements, rows: shown.summary.rows, cellTypes: shown.summary.cellTypes })
    const content = readContent(workbench.database, dataset.id)
    expect(content.names).not.toContain('e07')
    expect(content.names.slice(0, 50)).toEqual(shown.elements.map(({ name }) => name))
    expect(content.labels).toMatchObject([{ column: 'class', values: ['even', 'odd'] }])
    expect(content.labels[0]!.codes[content.names.indexOf('e01')]).toBe(1)
    const origin = readOrigin(workbench.database, dataset.id)
    expect(origin).toMatchObject({
      kind: 'import',
      decisions,
      plan: { tables: [{ source: { kind: 'text', name: 'faulty.tsv', text: '' } }] },
    })
  })

  it('refuses to write while something is undecided, or nothing is left, and changes nothing', async () => {
    const { commit, workbench, review } = await prepared(faulty())
    const before = contentOf(workbench.folder)
    await expect(commit('x')).rejects.toThrow('faulty.tsv, line 65 (protein): I is not a DNA letter.')
    await expect(commit('x', { notDna: 'skip', shortest: 1000 })).rejects.toThrow('Nothing is left')
    await expect(commit('x', { notDna: 'skip', excludedCellTypes: ['K562', 'HepG2'] })).rejects.toThrow('All cell types are left out.')
    expect((await review({ notDna: 'skip', minimumBarcodes: 1000 })).problem?.hint).toMatch(/^Ask for fewer barcodes/)
    expect(contentOf(workbench.folder)).toBe(before)
  })

  it('shows how many values are from how many barcodes, which the slider then leaves out', async () => {
    const workbench = testWorkbench()
    const { review } = await prepared(await planOf(workbench, encodeFixture), workbench)
    const { barcodes, findings } = await review({ minimumBarcodes: 25 })
    const below = barcodes!.counts.slice(0, 25).reduce((sum, count) => sum + count, 0)
    expect(below).toBeGreaterThan(0)
    expect(findings.find(({ kind }) => kind === 'low-barcodes')?.count).toBe(below)
  })

  it('recognises what was imported before, under the same decisions only', async () => {
    const workbench = testWorkbench()
    const plan = await planOf(workbench, encodeFixture)
    const first = await (await prepared(plan, workbench)).commit('first')
    const again = await prepared(plan, workbench)
    expect((await again.review()).sameAs).toEqual([{ id: first.id, name: 'first' }])
    expect((await again.review({ minimumBarcodes: 30 })).sameAs).toEqual([])
    expect((await again.commit('second')).fingerprint).toBe(first.fingerprint)
  })
})

describe('prepared imports', () => {
  it('are a few at most, and are let go when asked', async () => {
    const workbench = testWorkbench()
    const plan = await planOf(workbench, encodeFixture)
    const all = []
    for (let i = 0; i < 4; i++) all.push(await prepared(plan, workbench))
    await expect(all[0]!.review()).rejects.toMatchObject({ code: 'not-found' })
    await expect(all[1]!.review()).resolves.toBeDefined()
    await workbench.datasets.discard({ prepared: all[1]!.handle }, context())
    await workbench.datasets.discard({ prepared: all[1]!.handle }, context())
    await expect(all[1]!.review()).rejects.toMatchObject({ code: 'not-found' })
  })

  it('are nothing where reading is stopped', async () => {
    const workbench: TestWorkbench = testWorkbench()
    const stop = new AbortController()
    const plan = await planOf(workbench, encodeFixture)
    const reading = workbench.datasets.prepare(
      { plan },
      context(stop.signal, () => stop.abort()),
    )
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' })
  })
})
