import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { variants, type Variant } from '../../src/shared/domain/variants.ts'
import { commandLine, commandLineJson } from './support/commandLine.ts'
import { library } from './support/fixtures.ts'
import { startWorkbench } from './support/runningWorkbench.ts'
import { expect, test } from './support/test.ts'

interface Imported {
  readonly dataset: number
  readonly elements: number
  readonly rows: number
  readonly cellTypes: string[]
  readonly unmatched: { readonly sequences: number; readonly activities: number }
}
interface Trained {
  readonly runs: {
    readonly id: number
    readonly variant: Variant
    readonly state: string
    readonly engine: string
    readonly epochs: number
  }[]
}
interface Compared {
  readonly rows: {
    readonly run: number
    readonly variant: Variant
    readonly cellType: string
    readonly n: number
    readonly pearson: number | null
    readonly mse: number
    readonly rmse: number
  }[]
}
interface Scored {
  readonly scores: ({ readonly name: string; readonly length: number } & Record<string, number | string>)[]
  readonly skipped: { readonly name: string; readonly line: number; readonly reason: string }[]
}

const importLibrary = (workspace: string) =>
  commandLineJson<Imported>(
    ...['import', '--workspace', workspace, '--name', 'Joint library', '--fasta', library.fasta],
    ...Object.entries(library.activities).flatMap(([cellType, file]) => ['--activity', `${cellType}=${file}`]),
  )

test('the command line does the whole job', async ({ workspace }) => {
  const imported = await importLibrary(workspace)
  expect(imported).toMatchObject({
    elements: library.elements,
    cellTypes: library.cellTypes,
    unmatched: { sequences: library.unmatchedSequences },
  })
  expect(imported.rows).toBeLessThanOrEqual(library.elements * library.cellTypes.length)

  const trained = await commandLineJson<Trained>(
    'train',
    '--workspace',
    workspace,
    '--dataset',
    'Joint library',
    '--variants',
    variants.join(),
    '--recipe',
    'seed',
    '--epochs',
    '3',
    '--seed',
    '7',
  )
  expect(trained.runs.map((run) => [run.variant, run.state, run.epochs])).toEqual(variants.map((variant) => [variant, 'completed', 3]))

  const { rows } = await commandLineJson<Compared>('compare', '--workspace', workspace, '--dataset', 'Joint library')
  expect(rows).toHaveLength(variants.length * (library.cellTypes.length + 1))
  for (const variant of variants)
    expect(rows.filter((row) => row.variant === variant).map((row) => row.cellType)).toEqual([...library.cellTypes, 'all'])
  for (const row of rows) expect(row.rmse ** 2).toBeCloseTo(row.mse, 9)

  const sequences = join(workspace, 'designs é.fa')
  const name = 'C:SLEA_hg18:chr2:210861483-210861650|66:V_AHRARNT_02:GGGGATCGCG;90:V_HNF3ALPHA_Q6:TGTTTG_Reversed:'
  await writeFile(sequences, `>${name}\r\nACGTacgtNNACGT\r\nTTGACA\r\n>protein\r\nMEEPQSD\r\n`)
  const table = join(workspace, 'scores.tsv')
  const scored = await commandLineJson<Scored>(
    'score',
    '--workspace',
    workspace,
    '--run',
    String(trained.runs[3]!.id),
    '--fasta',
    sequences,
    '--out',
    table,
  )
  expect(scored.scores).toHaveLength(1)
  expect(scored.scores[0]).toMatchObject({ name, length: 20 })
  expect(scored.skipped).toEqual([{ name: 'protein', line: 5, reason: expect.stringContaining('protein') as unknown as string }])
  const [header, row] = (await readFile(table, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'))
  const columns = ['name', 'length', ...library.cellTypes]
  expect(header!.slice(0, columns.length)).toEqual(columns)
  expect(row!.slice(0, columns.length)).toEqual([name, '20', ...library.cellTypes.map((cellType) => String(scored.scores[0]![cellType]))])
})

test('the same seed trains the same model again', async ({ workspace }) => {
  await importLibrary(workspace)
  const words = [
    'train',
    '--workspace',
    workspace,
    '--dataset',
    'Joint library',
    '--variants',
    'embedding',
    '--recipe',
    'seed',
    '--epochs',
    '2',
    '--seed',
    '3',
  ]
  const first = await commandLineJson<Trained>(...words)
  const second = await commandLineJson<Trained>(...words)
  const score = async (run: number) =>
    (await commandLineJson<Scored>('score', '--workspace', workspace, '--run', String(run), '--fasta', library.fasta)).scores
  expect(await score(second.runs[0]!.id)).toEqual(await score(first.runs[0]!.id))
})

test('a workspace has one writer, and many readers', async ({ workspace }) => {
  await importLibrary(workspace)
  const workbench = await startWorkbench(workspace)
  try {
    const refused = await commandLine('train', '--workspace', workspace, '--dataset', 'Joint library', '--variants', 'baseline', '--json')
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'conflict' } })
    const { datasets } = await commandLineJson<{ datasets: { name: string }[] }>('datasets', '--workspace', workspace)
    expect(datasets.map((dataset) => dataset.name)).toEqual(['Joint library'])
  } finally {
    await workbench.stop()
  }
})

test('wrong use ends with 2, what cannot be done with 1, each with one clear message', async ({ workspace }) => {
  const folder = await mkdtemp(join(tmpdir(), 'bad input-'))
  try {
    const wrong = await commandLine('train', '--workspace', workspace, '--variants', 'baselin', '--dataset', 'x')
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('baseline')
    expect(wrong.stdout).toBe('')
    const missing = await commandLine('compare', '--workspace', workspace, '--dataset', 'nothing of the kind')
    expect(missing.code).toBe(1)
    expect(missing.stderr).not.toMatch(/^\s+at /m)
    const pdf = join(folder, 'library.fasta')
    await writeFile(pdf, '%PDF-1.7\n%âãÏÓ\n')
    const refused = await commandLine(
      'import',
      '--workspace',
      workspace,
      '--name',
      'x',
      '--fasta',
      pdf,
      '--activity',
      `HepG2=${library.activities.HepG2}`,
    )
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('PDF')
    expect((await commandLineJson<{ datasets: unknown[] }>('datasets', '--workspace', workspace)).datasets).toEqual([])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
