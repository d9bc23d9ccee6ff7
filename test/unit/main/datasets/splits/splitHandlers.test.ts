import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { calls } from '../../../../../src/shared/contract/calls.ts'
import { splitSettingsSchema, type SplitSettings } from '../../../../../src/shared/domain/split.ts'
import { readAllElements } from '../../../../../src/main/db/datasets.ts'
import { openDatabase } from '../../../../../src/main/db/openDatabase.ts'
import { createExperiment } from '../../../../../src/main/db/runs.ts'
import { readAssignment } from '../../../../../src/main/db/splits.ts'
import { toBlob } from '../../../../../src/main/db/vectors.ts'
import { simulateDataset } from '../../../../../src/main/datasets/simulateDataset.ts'
import { getOrMakeSplits } from '../../../../../src/main/datasets/splits/getOrMakeSplit.ts'
import { splitHandlers } from '../../../../../src/main/datasets/splits/splitHandlers.ts'
import { recipes } from '../../../../../src/shared/domain/recipe.ts'
import { temporaryFolder } from '../../temporaryFolder.ts'
import { context, now } from '../datasetFixtures.ts'

const ELEMENTS = 400
const settings = (described: object): SplitSettings => splitSettingsSchema.parse({ seed: 1, ...described })

/** The calls about splits on a workspace with one simulated dataset. */
async function withDataset() {
  const folder = temporaryFolder()
  const database = openDatabase(folder)
  onTestFinished(() => database.close())
  const dataset = await simulateDataset(
    { name: 'simulated', elements: ELEMENTS, seed: 1 },
    { database, uploadsFolder: join(folder, 'uploads'), now },
  )
  const splits = splitHandlers(database, now)
  const label = (name: string, labels: readonly string[], codeOf: (element: number) => number) =>
    database
      .prepare(
        'INSERT INTO element_labels (dataset, position, name, labels, codes) VALUES (?, (SELECT count(*) FROM element_labels), ?, ?, ?)',
      )
      .run(dataset, name, JSON.stringify(labels), toBlob(Int32Array.from({ length: ELEMENTS }, (_, i) => codeOf(i))))
  const use = (split: number) =>
    createExperiment(database, {
      dataset,
      split,
      recipe: recipes.seed,
      runs: [{ variant: 'full', seed: 1 }],
      createdAt: now().toISOString(),
    })
  return {
    database,
    dataset,
    label,
    use,
    make: async (described: object, name?: string) =>
      calls.splits.make.output.parse(
        await splits.make({ dataset, settings: settings(described), ...(name !== undefined && { name }) }, context()),
      ),
    list: async () => calls.splits.list.output.parse(await splits.list({ dataset }, context())),
    options: async () => calls.splits.options.output.parse(await splits.options({ dataset }, context())),
    rename: async (id: number, name: string) => splits.rename({ id, name }, context()),
    remove: async (id: number) => splits.remove({ id }, context()),
    leaks: async (id: number) => {
      const { fileName, bytes } = calls.splits.leaks.output.parse(await splits.leaks({ id }, context()))
      return {
        fileName,
        rows: new TextDecoder()
          .decode(bytes)
          .trimEnd()
          .split('\n')
          .map((line) => line.split('\t')),
      }
    },
  }
}

describe('the calls about splits', () => {
  it('make, name, list and audit each kind', async () => {
    const { make, list, label } = await withDataset()
    label('source', ['genomic', 'synthetic'], (i) => (i % 4 === 0 ? 1 : 0))
    label('chrom', ['chr1', 'chr2', 'chr3', 'chr4'], (i) => Math.floor(i / 100))
    const made = [
      await make({ kind: 'group' }),
      await make({ kind: 'group', shares: { train: 0.8, validation: 0.1, test: 0.1 } }),
      await make({ kind: 'kfold', folds: 4, fold: 2 }),
      await make({ kind: 'chromosome', test: ['chr3'], validation: ['chr2'] }),
      await make({ kind: 'column', column: 'source', test: ['synthetic'] }),
      await make({ kind: 'name' }, 'the published one'),
    ]
    expect(made.map(({ name }) => name)).toEqual([
      'By group, seed 1',
      'By group 80/10/10, seed 1',
      'Fold 2 of 4, seed 1',
      'By chromosome, test on chr3, seed 1',
      'By source, test on synthetic, seed 1',
      'the published one',
    ])
    expect(await list()).toEqual(made)
    for (const { sizes } of made) expect(sizes.train + sizes.validation + sizes.test).toBe(ELEMENTS)
    expect(made[1]!.sizes.test).toBeLessThan(made[0]!.sizes.test)
    for (const { leakage } of made.slice(0, 4)) expect(leakage).toEqual({ exact: 0, reverseComplement: 0, overlap: 0 })
    expect(made[5]!.leakage.reverseComplement).toBeGreaterThan(50)
    for (const { audit } of made) expect(audit).toHaveLength(3)
  })

  it('follow the labels of a column, letter by letter', async () => {
    const { database, make, label } = await withDataset()
    label('set', ['train', 'val', 'test'], (i) => (i % 10 === 0 ? 2 : i % 10 === 1 ? 1 : i % 10 === 2 ? -1 : 0))
    const { id, sizes, audit } = await make({ kind: 'column', column: 'set', validation: ['val'], test: ['test'] })
    expect(sizes).toEqual({ train: 320, validation: 40, test: 40 })
    readAssignment(database, id).forEach((part, i) => expect(part).toBe(i % 10 === 0 ? 2 : i % 10 === 1 ? 1 : 0))
    // Neighbours in the order of names are the two strands of an insert: the column tears them apart, and the audit says so.
    expect(audit.find(({ seenIn }) => seenIn === 'validation')!.reverseComplement).toBeGreaterThan(0)
    await expect(make({ kind: 'column', column: 'other', test: ['test'] })).rejects.toMatchObject({
      code: 'invalid-input',
      details: { hint: 'There are: set.' },
    })
  })

  it('say by what a dataset can be split', async () => {
    const { options, label } = await withDataset()
    expect(await options()).toMatchObject({ chromosomes: [], located: ELEMENTS / 5, columns: [] })
    label('set', ['a', 'b'], (i) => (i < 10 ? 1 : i < 20 ? -1 : 0))
    label('Chromosome', ['chr10', 'chr2', 'chrX'], (i) => i % 3)
    const { chromosomes, columns, groups } = await options()
    expect(chromosomes).toEqual([
      { label: 'chr2', elements: 133 },
      { label: 'chr10', elements: 134 },
      { label: 'chrX', elements: 133 },
    ])
    expect(columns[0]).toEqual({
      name: 'set',
      labels: [
        { label: 'a', elements: 380 },
        { label: 'b', elements: 10 },
      ],
    })
    expect(groups).toBeGreaterThan(190)
  })

  it('refuse the same split and the same name twice, and make names free by a number', async () => {
    const { database, dataset, make, list } = await withDataset()
    await make({ kind: 'group' }, 'mine')
    await expect(make({ kind: 'group' })).rejects.toMatchObject({ code: 'conflict', message: 'This split is there already: mine.' })
    await expect(make({ kind: 'group', seed: 2 }, 'mine')).rejects.toMatchObject({ code: 'conflict' })
    await make({ kind: 'group', seed: 3 }, 'By group, seed 4')
    await getOrMakeSplits(database, dataset, [settings({ kind: 'group', seed: 4 })], { now })
    expect((await list()).map(({ name }) => name)).toEqual(['mine', 'By group, seed 4', 'By group, seed 4 (2)'])
  })

  it('rename and remove a split until it is used, and never after', async () => {
    const { make, list, rename, remove, use } = await withDataset()
    const first = await make({ kind: 'group' })
    const second = await make({ kind: 'name' })
    expect(await rename(first.id, 'fair')).toMatchObject({ name: 'fair', experiments: 0 })
    await expect(rename(first.id, second.name)).rejects.toMatchObject({ code: 'conflict' })
    use(first.id)
    await expect(rename(first.id, 'other')).rejects.toMatchObject({
      code: 'conflict',
      message: 'fair cannot be renamed: an experiment uses it.',
    })
    await expect(remove(first.id)).rejects.toMatchObject({ code: 'conflict' })
    await remove(second.id)
    await expect(remove(second.id)).rejects.toMatchObject({ code: 'not-found' })
    expect((await list()).map(({ name, experiments }) => [name, experiments])).toEqual([['fair', 1]])
  })

  it('export every leak, as many as the audit counts', async () => {
    const { database, dataset, make, leaks } = await withDataset()
    const { id, audit } = await make({ kind: 'name' })
    const { fileName, rows } = await leaks(id)
    expect(fileName).toBe('By name, seed 1 shared sequences.tsv')
    expect(rows[0]).toEqual(['part', 'name', 'relation', 'other_part', 'other_name'])
    for (const { part, seenIn, exact, reverseComplement, overlap, examples } of audit) {
      const own = rows.filter(([of, , , other]) => of === part && other === seenIn)
      expect(own).toHaveLength(exact + reverseComplement + overlap)
      expect(own.slice(0, 5).map(([, name, , , other]) => [name, other])).toEqual(examples.map(({ name, other }) => [name, other]))
    }
    const { names } = readAllElements(database, dataset)
    for (const [, name] of rows.slice(1)) expect(names).toContain(name)
  })

  it('get or make what is chosen, by number or by settings, each once', async () => {
    const { database, dataset, make, list } = await withDataset()
    const stored = await make({ kind: 'group' }, 'fair')
    const chosen = await getOrMakeSplits(
      database,
      dataset,
      [settings({ kind: 'name' }), stored.id, settings({ kind: 'group' }), settings({ kind: 'kfold', folds: 3, fold: 1 })],
      { now },
    )
    expect(chosen.map(({ name }) => name)).toEqual(['By name, seed 1', 'fair', 'fair', 'Fold 1 of 3, seed 1'])
    expect(await list()).toHaveLength(3)
    await expect(getOrMakeSplits(database, dataset, [99], { now })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('say so where the dataset is not there', async () => {
    const { database } = await withDataset()
    const splits = splitHandlers(database, now)
    const make = async () => splits.make({ dataset: 99, settings: settings({ kind: 'group' }) }, context())
    await expect(make()).rejects.toMatchObject({ code: 'not-found' })
  })
})
