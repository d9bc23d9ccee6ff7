import { describe, expect, it } from 'vitest'
import { calls } from '../../../../src/shared/contract/calls.ts'
import { getOrMakeSplit } from '../../../../src/main/datasets/splits/getOrMakeSplit.ts'
import { readAllElements } from '../../../../src/main/db/datasets.ts'
import { readAssignment, readSplit } from '../../../../src/main/db/splits.ts'
import { context, encodeFixture, now, importFiles, testWorkbench } from './datasetFixtures.ts'

const imported = async () => {
  const workbench = testWorkbench()
  const dataset = await importFiles(workbench, { name: 'fixture', files: encodeFixture })
  return { ...workbench, dataset }
}

describe('the calls about datasets', () => {
  it('list and get what was imported, as the contract has it', async () => {
    const { datasets, dataset } = await imported()
    const list = calls.datasets.list.output.parse(await datasets.list({ binned: false }, context()))
    expect(list).toHaveLength(1)
    const detail = calls.datasets.get.output.parse(await datasets.get({ id: dataset.id }, context()))
    expect(detail).toEqual(dataset)
    expect(detail).toMatchObject(list[0]!)
    for (const { name, measured } of detail.cellTypes)
      expect(detail.distributions[name]!.counts.reduce((sum, count) => sum + count, 0)).toBe(measured)
  })

  it('page and search elements', async () => {
    const { datasets, dataset } = await imported()
    const find = async (offset: number, limit: number, search = '') =>
      calls.datasets.elements.output.parse(
        await datasets.elements(calls.datasets.elements.input.parse({ id: dataset.id, offset, limit, search }), context()),
      )
    const first = await find(0, 10)
    const second = await find(10, 10)
    expect(first.total).toBe(700)
    expect(new Set([...first.elements, ...second.elements].map(({ name }) => name)).size).toBe(20)
    const found = await find(0, 100, 'c:slea')
    expect(found.total).toBe(140)
    expect(found.elements.every(({ name }) => name.startsWith('C:SLEA'))).toBe(true)
    expect((await find(0, 10, '%')).total).toBe(0)
    expect((await find(0, 10, '_F')).elements.every(({ name }) => name.includes('_F'))).toBe(true)
  })

  it('rename, unless the name is taken', async () => {
    const { datasets, dataset, events } = await imported()
    await datasets.simulate({ name: 'other', elements: 100, seed: 1 }, context())
    await expect(async () => datasets.rename({ id: dataset.id, name: 'other' }, context())).rejects.toMatchObject({ code: 'conflict' })
    expect(await datasets.rename({ id: dataset.id, name: 'fixture' }, context())).toMatchObject({ name: 'fixture' })
    expect(await datasets.rename({ id: dataset.id, name: 'ENCODE' }, context())).toMatchObject({ id: dataset.id, name: 'ENCODE' })
    expect(events.at(-1)).toMatchObject({ name: 'datasets.changed', value: { name: 'ENCODE' } })
  })

  it('say that a dataset is not there', async () => {
    const { datasets } = testWorkbench()
    for (const call of [
      () => datasets.get({ id: 7 }, context()),
      () => datasets.rename({ id: 7, name: 'x' }, context()),
      () => datasets.elements(calls.datasets.elements.input.parse({ id: 7, offset: 0, limit: 1 }), context()),
      () => datasets.unmatched({ id: 7 }, context()),
    ]) {
      await expect(async () => call()).rejects.toMatchObject({ code: 'not-found' })
    }
  })
})

describe('getOrMakeSplit', () => {
  it('makes each split once, audits it and lists it with its dataset', async () => {
    const { database, datasets, dataset } = await imported()
    const make = (kind: 'group' | 'name' | 'chromosome', seed = 0) => getOrMakeSplit(database, { dataset: dataset.id, kind, seed }, { now })
    const byGroup = await make('group')
    expect(byGroup.leakage).toEqual({ exact: 0, reverseComplement: 0, overlap: 0 })
    const { groups } = readAllElements(database, dataset.id)
    expect(byGroup.groups).toBe(new Set(groups).size)
    const assignment = readAssignment(database, byGroup.id)
    const partOf = new Map([...groups].map((group, i) => [group, assignment[i]]))
    groups.forEach((group, i) => expect(assignment[i]).toBe(partOf.get(group)))

    const byName = await make('name')
    expect(byName.sizes).toEqual({ train: 490, validation: 105, test: 105 })
    expect(byName.leakage.reverseComplement).toBeGreaterThan(100)
    expect(await make('group')).toEqual(byGroup)
    expect((await make('group', 1)).id).not.toBe(byGroup.id)
    expect(readSplit(database, byName.id)).toEqual(byName)
    await expect(make('chromosome')).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('140 of 700 elements say') as unknown,
    })
    const { splits } = await datasets.get({ id: dataset.id }, context())
    expect(splits.map(({ kind, seed }) => [kind, seed])).toEqual([
      ['group', 0],
      ['name', 0],
      ['group', 1],
    ])
    expect(() => readSplit(database, 99)).toThrow(expect.objectContaining({ code: 'not-found' }))
  })
})
