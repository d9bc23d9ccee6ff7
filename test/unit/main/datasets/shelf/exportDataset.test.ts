import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openZip } from '../../../../../src/main/files/zipArchive.ts'
import { calls } from '../../../../../src/shared/contract/calls.ts'
import type { Source } from '../../../../../src/shared/domain/source.ts'
import { decode, encode } from '../../../../../src/shared/rpc/codec.ts'
import { temporaryFolder } from '../../temporaryFolder.ts'
import { context, testWorkbench } from '../datasetFixtures.ts'
import { contentOf, sequenceOf, testShelf, type CheckedShelf } from './shelfFixtures.ts'

type Files = Awaited<ReturnType<CheckedShelf['export']>>['files']

/** Writes exported files and imports them again, by the calls, as a person does who keeps every guess. */
async function importAgain(files: Files, minimumBarcodes: number) {
  const folder = join(temporaryFolder(), 'exported é')
  mkdirSync(folder)
  const sources = files.map(({ fileName, bytes }): Source => {
    writeFileSync(join(folder, fileName), bytes)
    return { kind: 'path', path: join(folder, fileName) }
  })
  const { datasets } = testWorkbench()
  const fasta = sources.findIndex((_, i) => files[i]!.fileName.endsWith('.fasta'))
  const tables = sources.filter((_, i) => files[i]!.fileName.endsWith('.tsv'))
  const inspections = calls.datasets.inspect.output.parse(
    await datasets.inspect(calls.datasets.inspect.input.parse({ sources: tables }), context()),
  )
  const plan = {
    sequences: { kind: 'fasta', source: sources[fasta] },
    tables: inspections.map((inspection, i) => ({ source: tables[i], mapping: inspection.kind === 'table' ? inspection.mapping : null })),
  }
  const { prepared } = await datasets.prepare(calls.datasets.prepare.input.parse({ plan }), context())
  return datasets.commit(calls.datasets.commit.input.parse({ prepared, name: 'again', decisions: { minimumBarcodes } }), context())
}

describe('an exported dataset', () => {
  it('imports back to the same fingerprint', async () => {
    const { datasets } = testWorkbench()
    const made = await datasets.simulate({ name: 'Größe: 1/2', elements: 300, seed: 4 }, context())
    const { files } = await datasets.export({ id: made.id, as: 'files' }, context())
    expect(files.map(({ fileName }) => fileName)).toEqual([
      'Größe_ 1_2.fasta',
      'Größe_ 1_2 HepG2.tsv',
      'Größe_ 1_2 K562.tsv',
      'Größe_ 1_2 WTC11.tsv',
    ])
    const again = await importAgain(files, made.minimumBarcodes)
    expect(again.fingerprint).toBe(made.fingerprint)
    expect(again.cellTypes).toEqual(made.cellTypes)
    expect(again.adapters).toEqual(made.adapters)
  })

  it('does so where only some cell types count barcodes, and some values are missing', async () => {
    const { shelf, store } = testShelf()
    const id = await store(
      'mixed',
      contentOf(
        [
          { name: 'a|chr1:5-9', sequence: sequenceOf(1), activities: { HepG2: [0.1, 1 / 3], K562: [1e-7] }, barcodes: { HepG2: [20, 4] } },
          {
            name: 'b "quoted"',
            sequence: sequenceOf(2).toLowerCase(),
            activities: { HepG2: [-123.456, null], K562: [null] },
            barcodes: { HepG2: [11, null] },
          },
          { name: '"c', sequence: sequenceOf(3), activities: { HepG2: [null, null], K562: [-2.5e6] } },
        ],
        10,
      ),
    )
    const { fingerprint } = (await shelf.list({}))[0]!
    const { files } = await shelf.export({ id, as: 'files' })
    const text = (end: string) => new TextDecoder().decode(files.find(({ fileName }) => fileName.endsWith(end))!.bytes)
    expect(text('HepG2.tsv').split('\n').slice(0, 3)).toEqual([
      'condition\treplicate\tname\tlog2\tn_obs_bc',
      'HepG2\t1\ta|chr1:5-9\t0.1\t20',
      'HepG2\t2\ta|chr1:5-9\t0.33333334\t4',
    ])
    expect(text('K562.tsv')).toBe('condition\treplicate\tname\tlog2\nK562\t1\t"""c"\t-2500000\nK562\t1\ta|chr1:5-9\t1e-7\n')
    expect((await importAgain(files, 10)).fingerprint).toBe(fingerprint)
  })

  it('does so where it is a combination with missing values and pooled replicates', async () => {
    const { shelf, store } = testShelf()
    const library = (name: string, from: number, minimumBarcodes: number) =>
      store(
        name,
        contentOf(
          [0, 1, 2, 3].map((n) => ({
            name: `${name} ${n}`,
            sequence: sequenceOf(from + n),
            activities: { HepG2: [n / 3, n / 7], [name]: [n / 11] },
            barcodes: { HepG2: [9 + 2 * n, 30], [name]: [n + 12] },
          })),
          minimumBarcodes,
        ),
      )
    const parents = [await library('A', 0, 10), await library('B', 2, 12)]
    const combined = await shelf.combine({ parents, elements: 'all', sameCellType: 'pool', name: 'pooled' })
    expect(combined).toMatchObject({ elements: 6, minimumBarcodes: 10 })
    const { files } = await shelf.export({ id: combined.id, as: 'files' })
    expect((await importAgain(files, combined.minimumBarcodes)).fingerprint).toBe(combined.fingerprint)
  })

  it('is one .zip with the very same files, and crosses a channel', async () => {
    const { shelf, store } = testShelf()
    const id = await store('zipped', contentOf([{ name: 'ä', sequence: sequenceOf(1), activities: { HepG2: [1, 2] } }]))
    const { files } = await shelf.export({ id, as: 'files' })
    const answer = decode(encode(await shelf.export({ id }))) as { files: Files }
    expect(answer.files.map(({ fileName }) => fileName)).toEqual(['zipped.zip'])
    const zip = await openZip(Buffer.from(answer.files[0]!.bytes))
    expect(zip.names).toEqual(files.map(({ fileName }) => fileName))
    for (const { fileName, bytes } of files) {
      const chunks: Uint8Array[] = []
      for await (const chunk of zip.open(fileName)!) chunks.push(chunk)
      expect(Buffer.concat(chunks).equals(bytes)).toBe(true)
    }
  })

  it('keeps its labels in a table of their own', async () => {
    const { shelf, store } = testShelf()
    const content = contentOf([1, 2, 3].map((n) => ({ name: `e${n}`, sequence: sequenceOf(n), activities: { A: n } })))
    const id = await store('labelled', {
      ...content,
      labels: [{ column: 'class', values: ['enhancer', 'control'], codes: Int32Array.of(0, -1, 1) }],
    })
    const { files } = await shelf.export({ id, as: 'files' })
    expect(new TextDecoder().decode(files.find(({ fileName }) => fileName === 'labelled labels.tsv')!.bytes)).toBe(
      'name\tclass\ne1\tenhancer\ne2\t\ne3\tcontrol\n',
    )
    expect((await shelf.facets({ id })).labels).toEqual([
      {
        column: 'class',
        values: [
          { value: 'control', count: 1 },
          { value: 'enhancer', count: 1 },
        ],
        more: 0,
      },
    ])
    const subset = await shelf.subset({ id, filter: { label: { column: 'class', values: ['control'] } }, name: 'controls' })
    expect((await shelf.element({ id: subset.id, position: 0 })).labels).toEqual([{ column: 'class', value: 'control' }])
  })
})
