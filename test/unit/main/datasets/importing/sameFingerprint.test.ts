import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ImportPlan } from '../../../../../src/shared/domain/importing.ts'
import type { ColumnRole } from '../../../../../src/shared/domain/mapping.ts'
import { importPlan, testWorkbench, text } from '../datasetFixtures.ts'

const columns: Record<string, ColumnRole> = {
  name: { role: 'name' },
  seq: { role: 'sequence' },
  K1: { role: 'activity', cellType: 'K562', replicate: '1' },
  K2: { role: 'activity', cellType: 'K562', replicate: '2' },
  H: { role: 'activity', cellType: 'HepG2' },
}
const order = Object.keys(columns)
const rows = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^[a-z]{1,6}$/),
    seq: fc.stringMatching(/^[ACGT]{12,30}$/),
    K1: fc.float({ noNaN: true, min: -10, max: 10 }).map(String),
    K2: fc.constantFrom('NA', '0.5', '-1e-3'),
    H: fc.float({ noNaN: true, min: -10, max: 10 }).map(String),
  }),
  { minLength: 1, maxLength: 12, selector: ({ name }) => name },
)

describe('the fingerprint of a table', () => {
  it('is the same in any order of its rows and columns, and in any encoding of its text', async () => {
    const workbench = testWorkbench()
    let imports = 0
    const fingerprintOf = async (header: readonly string[], body: readonly Record<string, string>[], delimiter: string) => {
      const content = [header.join(delimiter), ...body.map((row) => header.map((column) => row[column]).join(delimiter))].join('\r\n')
      const plan: ImportPlan = {
        sequences: { kind: 'table' },
        tables: [
          {
            source: text('t.tsv', content),
            mapping: {
              header: 'first-line',
              decimal: '.',
              firstBase: 0,
              columns: header.map((column) => ({ column, is: columns[column]! })),
            },
          },
        ],
      }
      return (await importPlan(workbench, plan, String(imports++))).fingerprint
    }
    await fc.assert(
      fc.asyncProperty(
        rows.chain((body) =>
          fc.tuple(
            fc.constant(body),
            fc.shuffledSubarray(body, { minLength: body.length }),
            fc.shuffledSubarray(order, { minLength: order.length }),
          ),
        ),
        async ([body, shuffled, header]) => {
          expect(await fingerprintOf(header, shuffled, ';')).toBe(await fingerprintOf(order, body, '\t'))
        },
      ),
      { numRuns: 25 },
    )
  })
})
