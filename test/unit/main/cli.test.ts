import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrations } from '../../../src/main/db/migrate.ts'
import { makeWorkspace, LENGTH, PREFIX, SUFFIX } from './support/smallWorkspace.ts'

const entry = fileURLToPath(new URL('../../../src/main/cli.ts', import.meta.url))

let workspace: ReturnType<typeof makeWorkspace>
let files: string
beforeAll(() => {
  workspace = makeWorkspace()
  files = mkdtempSync(join(tmpdir(), 'cli files-'))
})
afterAll(() => {
  workspace.remove()
  rmSync(files, { recursive: true })
})

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the command line as a process of its own; `watch` sees what it has written to standard error so far. */
function cli(args: readonly string[], watch: (child: ChildProcess, err: string) => void = () => {}): Promise<Ended> {
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
    watch(child, err)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })
}
const at = (...args: string[]) => [...args, '--workspace', workspace.folder]
/** Runs a command with --json, and reads the whole of standard output as one document. */
async function json<T = Record<string, unknown>>(...args: string[]): Promise<T & { code: number | null }> {
  const { code, out } = await cli([...args, '--json'])
  return { ...(JSON.parse(out) as T), code }
}
function file(name: string, text: string): string {
  const path = join(files, name)
  writeFileSync(path, text)
  return path
}

const element = 'ACGGTTGACCATGGCATTACGGATCCATTGGCAACGTTCA'
interface TrainedRuns {
  runs: { id: number; variant: string; state: string; epochs: number; message: string | null }[]
  error?: { code: string; message: string }
}

describe('the command line', () => {
  it('trains, compares and scores', async () => {
    const { code, runs } = await json<TrainedRuns>(
      ...at('train', '--dataset', 'small', '--variants', 'baseline,full', '--recipe', 'seed', '--epochs', '2', '--set', 'batchSize=32'),
    )
    expect(code).toBe(0)
    expect(runs).toMatchObject([
      { variant: 'baseline', state: 'completed', engine: 'tensorflow on CPU', epochs: 2, seconds: expect.any(Number) as number, seed: 1 },
      { variant: 'full', state: 'completed', epochs: 2 },
    ])
    const { rows } = await json<{ rows: { run: number; cellType: string; pearson: number }[] }>(
      ...at('compare', '--dataset', '1', '--runs', runs.map(({ id }) => id).join(',')),
    )
    expect(rows.map(({ run, cellType }) => [run, cellType])).toEqual(
      runs.flatMap(({ id }) => ['HepG2', 'K562', 'all'].map((cellType) => [id, cellType])),
    )
    expect(Object.keys(rows[0]!)).toEqual(['run', 'variant', 'cellType', 'n', 'mse', 'rmse', 'mae', 'pearson', 'spearman', 'r2'])

    const fasta = file('three.fa', `>a|b:c;_Reversed:\n${PREFIX}${element}${SUFFIX}\n>bare\n${element.toLowerCase()}\n>protein\nMEEKLV\n`)
    const tsv = join(files, 'scores.tsv')
    const scored = await json<{ scores: Record<string, unknown>[]; skipped: unknown[] }>(
      ...at('score', '--run', String(runs[1]!.id), '--fasta', fasta, '--out', tsv),
    )
    expect(scored.scores.map(({ name, length }) => [name, length])).toEqual([
      ['a|b:c;_Reversed:', LENGTH],
      ['bare', 40],
    ])
    expect(scored.scores[0]!['HepG2']).toBe(scored.scores[1]!['HepG2'])
    expect(scored.skipped).toEqual([{ name: 'protein', line: 6, reason: 'E is not a DNA letter. This looks like protein.' }])
    const lines = readFileSync(tsv, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'))
    // The table that the page saves: what else is known stands behind these.
    expect(lines[0]!.slice(4, 7)).toEqual(['target', 'specificity HepG2', 'specificity K562'])
    expect(lines.map((cells) => cells.slice(0, 4))).toEqual([
      ['name', 'length', 'HepG2', 'K562'],
      ...scored.scores.map((row) => [row['name'], row['length'], row['HepG2'], row['K562']].map(String)),
    ])

    const text = await cli(at('score', '--run', String(runs[1]!.id), '--fasta', fasta))
    expect(text.out).toBe(readFileSync(tsv, 'utf8'))
    expect(text.err).toContain('protein, line 6: E is not a DNA letter. This looks like protein. The other 2 sequences are fine.')
  })

  it('brings a model to another workspace as one file, and scores the same there', async () => {
    const train = ['train', '--dataset', 'small', '--variants', 'embedding', '--recipe', 'seed', '--epochs', '2', '--set', 'batchSize=32']
    const { runs } = await json<TrainedRuns>(...at(...train))
    const run = String(runs[0]!.id)
    const model = join(files, 'liver.safetensors')
    expect(await json(...at('export-model', '--run', run, '--out', model))).toMatchObject({ code: 0, bytes: readFileSync(model).length })
    const elsewhere = ['--workspace', join(files, 'another workspace')]
    const imported = await json<{ model: number; description: object }>('import-model', model, ...elsewhere)
    expect(imported).toMatchObject({ code: 0, model: 1, name: 'liver', variant: 'embedding', cellTypes: ['HepG2', 'K562'] })
    expect(await json('models', ...elsewhere)).toMatchObject({ models: [{ id: 1, name: 'liver' }] })

    const shelve = async (...args: string[]) => json(...args, '--model', '1', ...elsewhere)
    expect(await shelve('rename-model', '--name', 'hepatocytes')).toMatchObject({ code: 0, model: 1, name: 'hepatocytes', removedAt: null })
    expect(await shelve('bin-model')).toMatchObject({ code: 0, name: 'hepatocytes', removedAt: expect.any(String) as string })
    expect(await json('models', ...elsewhere)).toMatchObject({ models: [] })
    expect(await shelve('bin-model')).toMatchObject({
      code: 1,
      error: { code: 'not-found', message: 'There is no imported model 1 in this workspace.', hint: 'Import one first.' },
    })
    expect(await shelve('restore-model')).toMatchObject({ code: 0, removedAt: null })
    expect(await json('models', ...elsewhere)).toMatchObject({ models: [{ id: 1, name: 'hepatocytes' }] })
    expect(await shelve('restore-model')).toMatchObject({ code: 1, error: { code: 'not-found', hint: 'The bin is empty.' } })

    const again = join(files, 'liver again.safetensors')
    expect(await json('export-model', '--model', '1', '--out', again, ...elsewhere)).toMatchObject({ code: 0, model: 1, file: again })
    expect(readFileSync(again)).toEqual(readFileSync(model))
    const fasta = file('one.fa', `>a\n${element}\n`)
    const { scores } = await json<{ scores: object[] }>(...at('score', '--run', run, '--fasta', fasta))
    expect(await json('score', '--model', '1', '--fasta', fasta, ...elsewhere)).toMatchObject({ code: 0, scores })

    const refused = await cli(['import-model', fasta, ...elsewhere])
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toContain('one.fa is not a model: it is no safetensors file. Nothing was changed.')
    expect(await cli(['score', '--fasta', fasta, ...elsewhere])).toMatchObject({
      code: 2,
      err: 'Name a model: --run, --model or --ensemble.\n',
    })
  })

  it('trains a run once more, and says that the weights are the same to the last bit', async () => {
    const { runs } = await json<TrainedRuns>(...at('runs'))
    const { id } = runs.find(({ state }) => state === 'completed')!
    const text = await cli(at('reproduce', '--run', String(id)))
    expect(text.code).toBe(0)
    expect(text.out).toMatch(new RegExp(`\\nByte-equal to run ${id}\\.\\n$`))
    expect(await json(...at('reproduce', '--run', String(id)))).toMatchObject({
      runs: [{ state: 'completed' }],
      reproduction: { original: id, equal: true, largestDifference: 0, differences: [] },
    })
  })

  it('stops at Ctrl-C, and leaves runs that can be resumed', async () => {
    const args = at(
      'train',
      '--dataset',
      'small',
      '--variants',
      'embedding',
      '--recipe',
      'seed',
      '--epochs',
      '300',
      '--seed',
      '1,2',
      '--json',
    )
    const stopped = await cli(args, (child, err) => {
      if (err.includes('epoch 1/300')) child.kill('SIGINT')
    })
    const { runs, error } = JSON.parse(stopped.out) as TrainedRuns
    expect(stopped.code).toBe(1)
    expect(runs.map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
    // Two train side by side: either may have been first.
    expect(Math.max(...runs.map(({ epochs }) => epochs))).toBeGreaterThan(0)
    expect(error).toMatchObject({
      code: 'cancelled',
      message: expect.stringContaining(`Run ${runs[0]!.id} (embedding) was cancelled.`) as string,
    })
    expect(stopped.err).toContain(`resume --run ${runs[0]!.id}`)
    const resumed = await json<TrainedRuns>(...at('resume', '--run', String(runs[0]!.id)))
    expect(resumed).toMatchObject({ code: 0, runs: [{ id: runs[0]!.id, state: 'completed', epochs: 300 }] })
  })

  it('shows a run as interrupted after kill −9, to readers too, and goes on with it', async () => {
    const args = at('train', '--dataset', 'small', '--variants', 'attention', '--recipe', 'seed', '--epochs', '300')
    await cli(args, (child, err) => {
      if (err.includes('epoch 1/300')) child.kill('SIGKILL')
    })
    const { runs } = await json<TrainedRuns>(...at('runs'))
    expect(runs[0]).toMatchObject({
      variant: 'attention',
      state: 'interrupted',
      message: expect.stringMatching(/resume goes on after epoch \d+\.$/) as string,
    })
    expect((await json<TrainedRuns>(...at('resume', '--run', String(runs[0]!.id)))).runs).toMatchObject([
      { state: 'completed', epochs: 300 },
    ])
  })

  it('reads beside another process that writes, and does not write there', async () => {
    let inTheMiddle: Promise<void> | undefined
    const args = at('train', '--dataset', 'small', '--variants', 'baseline', '--recipe', 'seed', '--epochs', '1000')
    await cli(args, (child, err) => {
      if (!err.includes('epoch 1/1000')) return
      inTheMiddle ??= (async () => {
        try {
          const { runs } = await json<TrainedRuns>(...at('runs'))
          expect(runs[0]).toMatchObject({ state: 'running', message: null })
          expect((await json<{ datasets: { name: string }[] }>(...at('datasets'))).datasets.map(({ name }) => name)).toEqual(['small'])
          const refused = await cli(at('score', '--run', '1', '--fasta', file('one.fa', `>a\n${element}\n`)))
          expect(refused).toMatchObject({ code: 1, out: '' })
          expect(refused.err).toMatch(new RegExp(`is open in another workbench \\(process ${child.pid} on `))
        } finally {
          child.kill('SIGINT')
        }
      })()
    })
    await inTheMiddle
    expect(inTheMiddle).toBeDefined()
  })

  it('imports a table, by its header or by named columns, and refuses a name twice', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `e${i}\t${element.slice(i % 7)}${'ACGT'[i % 4]!.repeat(i)}\t${i / 10}`)
    const table = file('table.tsv', `id\tdna\tsignal\n${rows.join('\n')}\n`)
    const columns = ['--columns', 'name=id,sequence=dna,Liver cells=signal']
    const imported = await json(...at('import', '--name', 'from table', '--table', table, ...columns, '--minimum-barcodes', '0'))
    expect(imported).toMatchObject({
      code: 0,
      dataset: 2,
      elements: 30,
      rows: 30,
      cellTypes: ['Liver cells'],
      unmatched: { sequences: 0, activities: 0 },
    })
    const again = await cli(at('import', '--name', 'from table', '--table', table, ...columns))
    expect(again).toMatchObject({ code: 1, out: '' })
    expect(again.err).toContain('There is a dataset named from table already. Choose another name.')
  })

  it('makes the demo', async () => {
    const { code, elements, cellTypes } = await json(...at('demo', '--elements', '200', '--seed', '3'))
    expect(code).toBe(0)
    expect(elements).toBeGreaterThan(150)
    expect(cellTypes).toHaveLength(3)
  })

  it('makes a subset of a dataset, and says how a filter is written', async () => {
    const demo = await json<{ name: string; elements: number }>(...at('demo', '--name', 'to filter', '--elements', '200'))
    const subset = await json(...at('subset', '--dataset', 'to filter', '--name', 'active', '--activity', 'HepG2=0.5..', '--gc', '..60'))
    expect(subset).toMatchObject({ code: 0, name: 'active' })
    expect(subset['elements']).toBeGreaterThan(20)
    expect(subset['elements']).toBeLessThan(demo.elements)
    expect(await cli(at('subset', '--dataset', 'to filter', '--name', 'x', '--length', '200'))).toMatchObject({
      code: 2,
      err: '--length 200: a range is written FROM..TO; either end may be left out.\n',
    })
  })

  it('says that a workspace is up to date', async () => {
    expect(await json(...at('migrate'))).toMatchObject({ code: 0, version: migrations.length })
  })

  it('tries the engines, with or without a workspace', async () => {
    const { code, chosen, engines } = await json<{ chosen: string; engines: { name: string; works: boolean }[] }>(...at('engine'))
    expect(code).toBe(0)
    expect(engines.find(({ name }) => name === chosen)).toMatchObject({
      works: true,
      rowsPerSecond: expect.any(Number) as number,
      reason: expect.any(String) as string,
    })
  })

  it('ends a try of the engines at Ctrl-C', async () => {
    const { code, out, err } = await cli(at('engine'), (child, seen) => {
      if (seen.includes('Training one step: TensorFlow')) child.kill('SIGINT')
    })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('Stopped.')
  })

  it.each([
    [['frobnicate'], /unknown command/],
    [['train', '--variants', 'full'], /required option '--dataset <name>' not specified/],
    [['train', '--dataset', 'small', '--variants', 'cnn'], /The variants are baseline, embedding, attention, full\./],
    [['train', '--dataset', 'small', '--variants', 'full', '--recipe', 'best'], /Allowed choices are seed, default/],
    [
      ['train', '--dataset', 'small', '--variants', 'full', '--set', 'lr=1'],
      /The recipe has no setting “lr”\. Its settings are: epochs=20, batchSize=\d+, optimizer=/,
    ],
    [['import', '--name', 'x'], /Name either --fasta with --activity, or --table\./],
    [['import', '--name', 'x', '--fasta', 'a', '--activity', 'HepG2'], /--activity takes CELL=FILE; “HepG2” is not of that form\./],
    [['import', '--name', 'x', '--table', 'a', '--columns', 'name=a'], /--columns must say name=COL, sequence=COL and a CELL=COL/],
    [['score', '--run', 'one', '--fasta', 'a'], /whole number of at least 1/],
    [['datasets', 'extra'], /too many arguments/],
  ])('is used wrongly: %j', async (args, message) => {
    const text = await cli(at(...args))
    expect(text).toMatchObject({ code: 2, out: '' })
    expect(text.err).toMatch(message)
    const { code, error } = await json<{ error: { code: string; message: string } }>(...at(...args))
    expect(code).toBe(2)
    expect(error).toMatchObject({ code: 'invalid-input', message: expect.stringMatching(message) as string })
  })

  it.each([
    [['train', '--dataset', 'nothing', '--variants', 'full'], 'not-found', /There is no dataset nothing in this workspace/],
    [['score', '--run', '99', '--fasta', 'a.fa'], 'not-found', /There is no run 99/],
    [['import', '--name', 'x', '--table', 'nowhere.tsv'], 'invalid-input', /nowhere\.tsv/],
  ])('fails in words: %j', async (args, expected, message) => {
    const { code, error } = await json<{ error: { code: string; message: string } }>(...at(...args))
    expect(code).toBe(1)
    expect(error).toMatchObject({ code: expected, message: expect.stringMatching(message) as string })
  })

  it('makes no workspace where it only looks', async () => {
    const folder = join(files, 'nothing here')
    expect(await json('datasets', '--workspace', folder)).toMatchObject({ code: 1, error: { code: 'not-found' } })
    expect(existsSync(folder)).toBe(false)
  })

  it('shows its help', async () => {
    const { code, out } = await cli(['--help'])
    expect(code).toBe(0)
    for (const command of [
      'import',
      'train',
      'compare',
      'score',
      'engine',
      'demo',
      'datasets',
      'runs',
      'migrate',
      'resume',
      'reproduce',
      'export-model',
      'import-model',
      'models',
    ])
      expect(out).toContain(`  ${command} `)
  })

  it('refuses a file in which nothing can be scored, and leaves no scan behind', async () => {
    const protein = file('protein.fa', '>p\nMKLVEEFFPQRRND\n')
    const { code, err } = await cli(at('score', '--run', '1', '--fasta', protein))
    expect(code).toBe(1)
    expect(err).toBe(
      'Nothing in protein.fa can be scored. p, line 2: L is not a DNA letter. This looks like protein. Choose a file of DNA sequences.\n',
    )
  })

  it('takes no column role twice and no seed that a run cannot have', async () => {
    const table = file('roles.tsv', 'name\tsequence\tx\n')
    const roles = ['--columns', 'name=name,sequence=sequence,K562=x,K562=name']
    expect(await cli(at('import', '--name', 'roles', '--table', table, ...roles))).toMatchObject({
      code: 2,
      err: '--columns names K562 twice.\n',
    })
    const seed = await cli(at('train', '--dataset', 'small', '--variants', 'baseline', '--seed', '3000000000'))
    expect(seed.code).toBe(2)
    expect(seed.err).toContain('It must be a whole number from 0 to 2147483647.')
  })
})
