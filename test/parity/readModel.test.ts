import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recipes, type Recipe } from '../../src/shared/domain/recipe.ts'
import { variants, type Variant } from '../../src/shared/domain/variants.ts'
import { LENGTH, makeWorkspace, openSmall, PREFIX, SUFFIX } from '../unit/main/support/smallWorkspace.ts'

const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const TOLERANCE = 1e-5

interface Reader {
  readonly what: string
  readonly script: string
  readonly modules: string
  readonly pythons: readonly (string | undefined)[]
  readonly env: NodeJS.ProcessEnv
}
/** The set-up puts the packages of the first where only tests look; PyTorch is far too large for that, and used where it is. */
const readers: readonly Reader[] = [
  {
    what: 'NumPy',
    script: 'docs/read_model.py',
    modules: 'numpy, safetensors',
    pythons: ['python3', 'python'],
    env: { ...process.env, PYTHONPATH: inProject('runtime/python-packages'), PYTHONDONTWRITEBYTECODE: '1' },
  },
  {
    what: 'PyTorch',
    script: 'test/parity/score_with_torch.py',
    modules: 'torch, numpy, safetensors',
    pythons: [process.env['BENCH_PYTHON'], 'python3', 'python'],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  },
]
function pythonWith({ modules, pythons, env }: Reader): string | undefined {
  return pythons.find((python) => {
    if (!python) return false
    try {
      execFileSync(python, ['-c', `import ${modules}`], { env, stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
}

const insert = 'ACGGTTGACCATGGCATTACGGATCCATTGGCAACGTTCA'
const sequences = [
  PREFIX + insert + SUFFIX,
  insert,
  insert.toLowerCase().replaceAll('t', 'u'),
  `RYN${insert.slice(3)}`,
  insert.slice(0, 17),
  insert.repeat(3) + 'ACG',
  (PREFIX + insert + SUFFIX).slice(0, LENGTH - 1),
]

/** Between them: both strands and one, letters such as N either way, adapters kept and cut, and what a loss adds to a model. */
const recipeOf: Readonly<Record<Variant, Partial<Recipe>>> = {
  baseline: {},
  embedding: { strands: 'both', ambiguousBases: 'probabilities' },
  attention: { adapters: 'cut', strands: 'both', loss: 'pearson' },
  full: { ambiguousBases: 'probabilities', adapters: 'cut', loss: 'gaussianNll' },
}

let workspace: ReturnType<typeof makeWorkspace>
let files: string
/** By variant: where its file is, and what the workbench scores, [sequences][cell types]. */
const expected = new Map<Variant, { readonly path: string; readonly scores: number[][] }>()
beforeAll(async () => {
  workspace = makeWorkspace()
  files = mkdtempSync(join(tmpdir(), 'models-'))
  const { calls, until, on, workbench } = await openSmall(workspace.folder)
  const ended = new Map<number, () => void>()
  on('scans.changed', ({ id, state }) => {
    if (state !== 'running') ended.get(id)?.()
  })
  for (const variant of variants) {
    const recipe = { ...recipes.seed, epochs: 2, batchSize: 8, learningRate: 1e-2, ...recipeOf[variant] }
    const split = { kind: 'group', seed: 1 } as const
    const [launched] = await calls.experiments.launch({ dataset: workspace.dataset, split, variants: [variant], recipe, seeds: [3] })
    const run = await until(launched!.id, 'completed')
    const { fileName, bytes } = await calls.models.export({ run: run.id })
    const path = join(files, fileName)
    writeFileSync(path, bytes)
    const fasta = sequences.map((sequence, i) => `>${i}\n${sequence}\n`).join('')
    const { id } = await calls.scans.start({
      models: [{ run: run.id }],
      source: { kind: 'text', text: fasta, name: 'some.fa' },
      name: variant,
      // As read_model.py reads them: every sequence, a long one at its middle.
      options: { long: 'middle', shortest: 1, ambiguousShare: 1, shuffled: 0 },
    })
    const done = new Promise<void>((resolve) => ended.set(id, resolve))
    if ((await calls.scans.get({ id })).state === 'running') await done
    const { scores } = await calls.scans.scores({ id, offset: 0, limit: 100 })
    expected.set(variant, { path, scores: scores.map((row) => row.scores) })
  }
  await workbench.close()
})
afterAll(() => {
  workspace.remove()
  rmSync(files, { recursive: true })
})

describe.each(readers)('a model file, read with Python’s safetensors and computed by $what,', (reader) => {
  const python = pythonWith(reader)
  if (python === undefined) console.warn(`Skipped: no Python here can import ${reader.modules}, so no model is read by ${reader.what}.`)

  it.skipIf(python === undefined).each(variants)('gives what the workbench scores: %s', (variant) => {
    const { path, scores } = expected.get(variant)!
    const table = execFileSync(python!, [inProject(reader.script), path], {
      env: reader.env,
      input: sequences.join('\n'),
      encoding: 'utf8',
    })
    const rows = table
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t').slice(1).map(Number))
    expect(rows).toHaveLength(sequences.length)
    rows.forEach((row, i) => row.forEach((value, c) => expect(Math.abs(value - scores[i]![c]!), `${sequences[i]}`).toBeLessThan(TOLERANCE)))
    // Otherwise a reader that gives the same for all would pass.
    expect(new Set(scores.map((row) => row[0]!.toFixed(5))).size).toBeGreaterThan(3)
  })

  it.skipIf(python === undefined)('refuses one whose checksum differs', () => {
    const damaged = join(files, 'damaged.safetensors')
    const { path } = expected.get('full')!
    execFileSync(python!, ['-c', `d = bytearray(open(r'${path}', 'rb').read()); d[-3] ^= 1; open(r'${damaged}', 'wb').write(d)`])
    expect(() => execFileSync(python!, [inProject(reader.script), damaged], { env: reader.env, input: '', stdio: 'pipe' })).toThrow(
      /a checksum differs/,
    )
  })
})
