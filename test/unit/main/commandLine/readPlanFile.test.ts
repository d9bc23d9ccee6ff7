import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPlanFile } from '../../../../src/main/commandLine/readPlanFile.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const written = (content: string) => {
  const file = join(temporaryFolder(), 'plan.json')
  writeFileSync(file, content)
  return file
}
const table = { source: { kind: 'path', path: 'a.tsv' }, mapping: { columns: [{ column: 'n', is: { role: 'name' } }] } }

describe('a plan in a file', () => {
  it('has its paths from its own folder, and defaults for what it does not say', async () => {
    const file = written(
      JSON.stringify({
        sequences: { kind: 'fasta', source: { kind: 'path', path: '/data/x.fa' } },
        tables: [table],
        decisions: { notDna: 'skip' },
      }),
    )
    const { plan, decisions } = await readPlanFile(file)
    expect(plan).toEqual({
      sequences: { kind: 'fasta', source: { kind: 'path', path: '/data/x.fa' } },
      tables: [
        {
          source: { kind: 'path', path: join(file, '..', 'a.tsv') },
          mapping: { header: 'first-line', decimal: '.', firstBase: 0, columns: table.mapping.columns },
        },
      ],
    })
    expect(decisions).toMatchObject({ notDna: 'skip', minimumBarcodes: 10 })
  })

  it.each([
    ['no JSON', '{'],
    ['no table', JSON.stringify({ sequences: { kind: 'table' }, tables: [] })],
    [
      'an unknown role',
      JSON.stringify({ sequences: { kind: 'table' }, tables: [{ ...table, mapping: { columns: [{ column: 'n', is: { role: 'x' } }] } }] }),
    ],
  ])('that holds %s is refused', async (_what, content) => {
    await expect(readPlanFile(written(content))).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/^plan.json is no plan of an import: /) as unknown,
    })
  })
})
