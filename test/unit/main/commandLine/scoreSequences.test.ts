import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from '../../../../src/main/commandLine/program.ts'
import { withWorkbench } from '../../../../src/main/commandLine/withWorkbench.ts'
import { engineEntry, forkEngine } from '../../../../src/main/engine/forkEngine.ts'
import { random } from '../../../../src/shared/stats/random.ts'
import { CELL_TYPES, LENGTH, makeWorkspace, openSmall, PREFIX, SUFFIX } from '../support/smallWorkspace.ts'

const entry = engineEntry(new URL('../../../../src/main/cli.ts', import.meta.url).href)
const READ = LENGTH - PREFIX.length - SUFFIX.length
const source = random(6)
const locus = Array.from({ length: 300 }, () => 'ACGT'[source.integer(4)]!).join('')
const [a, b] = [locus.slice(10, 10 + READ), locus.slice(50, 50 + READ)]

let workspace: ReturnType<typeof makeWorkspace>
let ensemble: number
/** Scores of `a` and `b` out of a FASTA file. */
let expected: number[][]
beforeAll(async () => {
  workspace = makeWorkspace()
  const trained = ['train', '--dataset', 'small', '--variants', 'embedding,full', '--recipe', 'seed', '--epochs', '1']
  expect((await command(...trained))[0]).toBe(0)
  const opened = await openSmall(workspace.folder)
  ensemble = (await opened.calls.ensembles.make({ name: 'pair', runs: [1, 2] })).id
  await opened.workbench.close()
  expected = valuesOf((await score(fasta())).scores)
})
afterAll(() => workspace.remove())

async function command(...args: string[]): Promise<[code: number, out: string, err: string]> {
  let [out, err] = ['', '']
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
function file(name: string, content: string): string {
  const path = join(workspace.folder, name)
  writeFileSync(path, content)
  return path
}
type Row = { readonly name: string; readonly length: number } & Readonly<Record<string, number>>
async function score(path: string, ...args: string[]) {
  const [, out] = await command('score', '--run', '1', '--fasta', path, ...args, '--json')
  return JSON.parse(out) as { scores: Row[]; skipped: { name: string; reason: string }[]; cellTypes: string[]; error?: { message: string } }
}
const valuesOf = (rows: readonly Row[]) => rows.map((row) => CELL_TYPES.map((cellType) => row[cellType]!))
const fasta = () => file('two.fa', `>a\n${a}\n>b\n${b}\n`)

describe('score', () => {
  it('reads a table, by columns that it finds or is told, and gives what FASTA gives', async () => {
    const table = file('two.csv', `which,other,dna\na,${b},${a}\nb,${a},${b}\n`)
    const found = await score(table)
    expect(found.scores.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(valuesOf(found.scores)).toEqual(expected)
    const told = await score(table, '--columns', 'name=which,sequence=other')
    expect(valuesOf(told.scores)).toEqual(expected.toReversed())
    const [code, , err] = await command('score', '--run', '1', '--fasta', table, '--columns', 'name=which')
    expect(code).toBe(2)
    expect(err).toContain('--columns is written as name=COL,sequence=COL')
    expect((await score(table, '--columns', 'sequence=nothing')).error!.message).toBe('two.csv has no column nothing.')
  })

  it('reads the places of a BED file with their genome, and says that it needs one', async () => {
    const genome = file('genome.fa', `>chr1\n${locus}\n`)
    const bed = file('places.bed', `chr1\t10\t${10 + READ}\ta\nchr1\t50\t${50 + READ}\tb\nchr2\t1\t40\tc\n`)
    const scored = await score(bed, '--genome', genome)
    expect(valuesOf(scored.scores)).toEqual(expected)
    expect(scored.skipped).toMatchObject([{ name: 'c', reason: 'genome.fa has no chr2.' }])
    expect((await score(bed)).error!.message).toBe('places.bed holds places on a genome, and no sequences.')
  })

  it('cuts windows where it is asked to, and reads the middle where not', async () => {
    const long = file('long.fa', `>locus\n${locus}\n`)
    const windows = await score(long, '--windows', '--stride', '10')
    const starts = Array.from({ length: (300 - READ) / 10 + 1 }, (_, i) => 10 * i)
    const alone = await score(file('windows.fa', starts.map((at) => `>w${at}\n${locus.slice(at, at + READ)}\n`).join('')))
    expect(valuesOf(windows.scores)[0]).toEqual(CELL_TYPES.map((_, c) => Math.max(...valuesOf(alone.scores).map((values) => values[c]!))))
    const middle = (300 - READ) / 2
    const centre = await score(file('middle.fa', `>m\n${locus.slice(middle, middle + READ)}\n`))
    expect(valuesOf((await score(long)).scores)).toEqual(valuesOf(centre.scores))
    expect((await score(long, '--long', 'skip')).error!.message).toContain(`It is longer than the ${READ} bases that the model reads.`)
  })

  it('scores with an ensemble, and with several models side by side', async () => {
    const path = fasta()
    const both = JSON.parse((await command('score', '--run', '1,2', '--fasta', path, '--json'))[1]) as Awaited<ReturnType<typeof score>>
    expect(both.cellTypes).toHaveLength(4)
    const mean = JSON.parse((await command('score', '--ensemble', String(ensemble), '--fasta', path, '--json'))[1]) as typeof both
    both.scores.forEach((row, i) => {
      const values = both.cellTypes.map((column) => row[column]!)
      CELL_TYPES.forEach((cellType, c) => expect(mean.scores[i]![cellType]).toBeCloseTo((values[c]! + values[c + 2]!) / 2, 5))
    })
    expect((await command('score', '--fasta', path))[0]).toBe(2)
  })

  it('writes names byte for byte, and takes out the lines that it is told', async () => {
    const path = file('names.fa', `>ünï|c:ö de\n${a}\n>out\n${b}\n>"quoted"\n${b}\n`)
    const out = join(workspace.folder, 'scores.tsv')
    const [code, text] = await command('score', '--run', '1', '--fasta', path, '--skip', '3', '--out', out)
    expect([code, text]).toEqual([0, expect.stringMatching(/^2 sequences scored, 1 skipped/)])
    const names = readFileSync(out, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t')[0])
    expect(names).toEqual(['name', 'ünï|c:ö de', '"""quoted"""'])
  })
})
