import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../../../../src/main/commandLine/program.ts'
import { withWorkbench } from '../../../../src/main/commandLine/withWorkbench.ts'
import { engineEntry, forkEngine } from '../../../../src/main/engine/forkEngine.ts'
import type { Certainty, Comparison } from '../../../../src/shared/domain/comparison.ts'
import type { Ensemble } from '../../../../src/shared/domain/ensemble.ts'
import { makeWorkspace } from '../support/smallWorkspace.ts'

const entry = engineEntry(new URL('../../../../src/main/cli.ts', import.meta.url).href)

let workspace: ReturnType<typeof makeWorkspace>
beforeAll(async () => {
  workspace = makeWorkspace()
  const [code] = await command(
    'train',
    '--dataset',
    'small',
    '--variants',
    'baseline,embedding',
    '--recipe',
    'seed',
    '--epochs',
    '2',
    '--seed',
    '1,2',
  )
  expect(code).toBe(0)
})
afterAll(() => workspace.remove())

/** Runs a command as the command line does; gives its exit code and what it wrote to standard output. */
async function command(...args: string[]): Promise<[number, string]> {
  let out = ''
  const terminal = { out: (text: string) => (out += text), err: () => {}, live: false, interrupted: new AbortController().signal }
  const context = { terminal, withWorkbench: withWorkbench((log) => forkEngine(entry, log)) }
  const code = await runCommandLine([...args, '--workspace', workspace.folder], context)
  return [code, out]
}
async function json<T>(...args: string[]): Promise<T> {
  const [, out] = await command(...args, '--json')
  return JSON.parse(out) as T
}

describe('compare and ensembles on the command line', () => {
  it('makes an ensemble, and compares it with intervals and verdicts', async () => {
    const { ensemble } = await json<{ ensemble: Ensemble }>('ensemble', '--name', 'all four', '--runs', '1,2,3,4')
    expect(ensemble).toMatchObject({ name: 'all four', runs: [1, 2, 3, 4] })
    const table = join(workspace.folder, 'predictions.tsv')
    const compared = await json<Comparison & { certainty: Certainty }>(
      ...['compare', '--dataset', 'small', '--ensembles', String(ensemble.id), '--intervals', '--measure', 'mse'],
      ...['--resamples', '200', '--seed', '4', '--gc', '30..70', '--predictions', table],
    )
    expect(compared.lines.map(({ label }) => label)).toEqual(['baseline', 'embedding', 'all four'])
    expect(Object.keys(compared.rows[0]!)).toEqual(['run', 'variant', 'cellType', 'n', 'mse', 'rmse', 'mae', 'pearson', 'spearman', 'r2'])
    expect(compared.rows.at(-1)).toMatchObject({ run: null, variant: null, cellType: 'all', line: `ensemble-${ensemble.id}` })
    expect(compared.certainty).toMatchObject({ measure: 'mse', resamples: 200, seed: 4 })
    expect(compared.certainty.verdicts).toHaveLength(3)
    expect(readFileSync(table, 'utf8').trimEnd().split('\n')).toHaveLength(1 + compared.testElements)
    const [, text] = await command('compare', '--dataset', 'small', '--intervals', '--resamples', '100')
    expect(text).toContain('95 % interval')
    expect(text).toContain('over all rows')
    const whole = await json<Comparison>('compare', '--dataset', 'small')
    expect(whole.testElements).toBeGreaterThan(compared.testElements)
  })

  it('names the sets that there are where one is asked for that is not', async () => {
    const { set } = await json<Comparison>('compare', '--dataset', 'small', '--set', 'By group, seed 1')
    expect(set).toMatch(/^test-log2-/)
    const { error } = await json<{ error: { message: string; hint: string } }>('compare', '--dataset', 'small', '--set', 'By moon')
    expect(error).toMatchObject({ message: 'There is no set By moon to compare on.', hint: `There are: By group, seed 1 (${set!}).` })
  })

  it('renames, bins, restores, purges and lists ensembles', async () => {
    expect((await command('rename-ensemble', '--ensemble', '1', '--name', 'four'))[1]).toBe('Ensemble 1, all four, is now four.\n')
    expect((await json<{ error: { message: string } }>('purge-ensemble', '--ensemble', '1')).error.message).toBe(
      'There is no ensemble 1 in the bin.',
    )
    for (const name of ['bin-ensemble', 'restore-ensemble', 'bin-ensemble']) expect((await command(name, '--ensemble', '1'))[0]).toBe(0)
    expect((await command('ensembles'))[1]).toContain('in the bin')
    expect((await command('purge-ensemble', '--ensemble', '1'))[1]).toBe('four is deleted. Its runs and scans stay.\n')
    expect(await json('ensembles')).toEqual({ ensembles: [] })
  })
})
