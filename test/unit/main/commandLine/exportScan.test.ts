import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../../../../src/main/commandLine/program.ts'
import { withWorkbench } from '../../../../src/main/commandLine/withWorkbench.ts'
import { engineEntry, forkEngine } from '../../../../src/main/engine/forkEngine.ts'
import type { Peak } from '../../../../src/shared/domain/locus.ts'
import { random } from '../../../../src/shared/stats/random.ts'
import { CELL_TYPES, makeWorkspace } from '../support/smallWorkspace.ts'

const entry = engineEntry(new URL('../../../../src/main/cli.ts', import.meta.url).href)

let workspace: ReturnType<typeof makeWorkspace>
let scan: number
beforeAll(async () => {
  workspace = makeWorkspace()
  const source = random(2)
  const locus = Array.from({ length: 700 }, () => 'ACGT'[source.integer(4)]!).join('')
  writeFileSync(join(workspace.folder, 'mine.fa'), `>a locus\n${locus}\n>short\n${locus.slice(0, 40)}\n`)
  expect((await command('train', '--dataset', 'small', '--variants', 'embedding', '--recipe', 'seed', '--epochs', '1'))[0]).toBe(0)
  const scored = await json<{ scan: number }>(
    'score',
    '--run',
    '1',
    '--fasta',
    join(workspace.folder, 'mine.fa'),
    '--windows',
    '--shuffled',
    '20',
  )
  scan = scored.scan
})
afterAll(() => workspace.remove())

async function command(...args: string[]): Promise<[number, string, string]> {
  let out = ''
  let err = ''
  const terminal = {
    out: (text: string) => (out += text),
    err: (text: string) => (err += text),
    live: false,
    interrupted: new AbortController().signal,
  }
  const context = { terminal, withWorkbench: withWorkbench((log) => forkEngine(entry, log)) }
  const code = await runCommandLine([...args, '--workspace', workspace.folder], context)
  return [code, out, err]
}
async function json<T>(...args: string[]): Promise<T> {
  const [, out] = await command(...args, '--json')
  return JSON.parse(out) as T
}
const ofScan = (name: string, ...args: string[]) => [name, '--scan', String(scan), ...args]

describe('a scan on the command line', () => {
  it('has peaks, by a rule that it states, and saves them as BED', async () => {
    const asked = ['--column', 'K562', '--against', 'windows', '--percentile', '75', '--merge', '0']
    const { peaks, rule, columns } = await json<{ peaks: Peak[]; rule: string; columns: string[] }>(...ofScan('peaks', ...asked))
    expect(columns).toEqual(CELL_TYPES)
    expect(rule).toContain('the 75th percentile of the scores of the scan’s own')
    expect(peaks.length).toBeGreaterThan(0)
    const [, text] = await command(...ofScan('peaks', ...asked))
    expect(text.startsWith(rule)).toBe(true)
    const file = join(workspace.folder, 'peaks.bed')
    const [code] = await command(...ofScan('export-scan', '--format', 'bed', '--peaks', '--out', file, ...asked))
    expect(code).toBe(0)
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('a locus\t'))
    expect(lines.map((line) => line.split('\t').slice(1, 3).map(Number))).toEqual(
      peaks.toSorted((a, b) => a.start - b.start).map(({ start, end }) => [start, end]),
    )
  })

  it('is saved as a table in the order that is asked for', async () => {
    const file = join(workspace.folder, 'scores.tsv')
    await command(...ofScan('export-scan', '--out', file, '--sort', 'length', '--ascending'))
    const lines = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'))
    expect(lines.map(([name]) => name)).toEqual(['name', 'short', 'a locus'])
  })

  it('takes annotations', async () => {
    const file = join(workspace.folder, 'genes.bed')
    writeFileSync(file, 'a locus\t5\t50\tgene\nelsewhere\t0\t9\n')
    expect(await json(...ofScan('annotate-scan', '--file', file))).toEqual({ scan, features: 1, sequences: 1, unmatched: 1 })
  })

  it('says what is missing in a command', async () => {
    const [code, , err] = await command(...ofScan('peaks'))
    expect(code).toBe(2)
    expect(err).toContain('--column HepG2 or --column K562')
    expect((await command(...ofScan('export-scan', '--peaks')))[0]).toBe(2)
    expect((await command(...ofScan('peaks', '--column', 'K562', '--percentile', '101')))[0]).toBe(2)
  })
})
