/**
 * Measures recipes on ENCODE's lentiMPRA, for the table in docs/recipes.md:
 *
 *     npx node bench/tuneDefault.ts --data FOLDER [--only NAME;…] [--variants baseline,…] [--seeds 1,2,3] [--keep FILE]
 *
 * FOLDER holds `HepG2.tsv.gz` and `WTC11.tsv.gz` and is read in place. Each seed is a group split of its own and the seed of the
 * training on it. A recipe is chosen by the validation part; the test part is told, for the recipe that was chosen. With
 * `--keep` each training is a line of FILE as soon as it is done, and what stands there is not done again.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loaders } from '../src/engine/backends/loaders.ts'
import { ScorerCache } from '../src/engine/scoring/scorerCache.ts'
import { trainModel } from '../src/engine/training/trainModel.ts'
import type { TrainingJob } from '../src/shared/contract/engine.ts'
import { variants, type Variant } from '../src/shared/domain/variants.ts'
import { mean } from '../src/shared/stats/correlation.ts'
import { measure } from '../src/shared/stats/measures.ts'
import { openLibrary, type Library } from './lentiMpra.ts'
import { describeMachine } from './machine.ts'
import { recipeCandidates } from './recipeCandidates.ts'

const CELL_TYPES = ['HepG2', 'WTC11']
/** The test part of the others stays unseen. */
const TESTED = ['seed', 'start', 'default']

interface Trained {
  readonly recipe: string
  readonly variant: Variant
  readonly cellType: string
  readonly seed: number
  readonly validation: number
  readonly test: number
  readonly testMse: number
  readonly testR2: number
  readonly epochs: number
  readonly epochOfWeights: number
  readonly seconds: number
  /** Of all cores, in training alone. */
  readonly processorSeconds: number
}

const { values: asked } = parseArgs({
  options: {
    data: { type: 'string' },
    only: { type: 'string' },
    variants: { type: 'string', default: 'baseline' },
    seeds: { type: 'string', default: '1,2,3' },
    keep: { type: 'string' },
  },
})
if (!asked.data) throw new Error('Name the folder of HepG2.tsv.gz and WTC11.tsv.gz: --data FOLDER')
const names = asked.only?.split(';') ?? Object.keys(recipeCandidates)
const kept: Trained[] =
  asked.keep && existsSync(asked.keep)
    ? readFileSync(asked.keep, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Trained)
    : []
const backend = await loaders.tensorflow.load()
const scorers = new ScorerCache(backend)
const libraries = new Map<string, Library>()
for (const cellType of CELL_TYPES) libraries.set(cellType, await openLibrary(join(asked.data, `${cellType}.tsv.gz`), cellType))

const table: Trained[] = []
for (const recipe of names) {
  const changed = recipeCandidates[recipe]
  if (!changed) throw new Error(`There is no candidate ${recipe}.`)
  for (const variant of variants.filter((known) => asked.variants.split(',').includes(known))) {
    for (const seed of asked.seeds.split(',').map(Number)) {
      for (const cellType of CELL_TYPES) {
        const known = kept.find((row) => row.recipe === recipe && row.variant === variant && row.seed === seed && row.cellType === cellType)
        const row = known ?? {
          recipe,
          variant,
          cellType,
          seed,
          ...(await train(await libraries.get(cellType)!.job(changed, variant, seed))),
        }
        if (!known && asked.keep) appendFileSync(asked.keep, `${JSON.stringify(row)}\n`)
        table.push(row)
      }
    }
    console.error(rowOf(recipe, variant))
  }
}
for (const library of libraries.values()) library.close()
console.log(
  '| recipe | variant | seeds | HepG2 validation | WTC11 | beside `default` | HepG2 test | WTC11 | HepG2 R² | WTC11 | s (processor s) |',
)
console.log('|---|---|---|---|---|---|---|---|---|---|---|')
for (const recipe of names)
  for (const variant of variants.filter((known) => table.some((row) => row.recipe === recipe && row.variant === known)))
    console.log(rowOf(recipe, variant))
console.log(JSON.stringify(describeMachine()))

async function train(job: TrainingJob) {
  const began = performance.now()
  const used = process.cpuUsage()
  const signal = new AbortController().signal
  const { predictions, epochs, epochOfWeights } = await trainModel(job, { backend, scorers, signal, progress: () => {} })
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(used)
  const measured = (part: Int32Array) => Float32Array.from(part, (element) => job.activities[element]!)
  const test = measure(predictions.test, measured(job.test))
  return {
    validation: measure(predictions.validation, measured(job.validation)).pearson ?? 0,
    test: test.pearson ?? 0,
    testMse: test.mse!,
    testR2: test.r2!,
    epochs,
    epochOfWeights,
    seconds,
    processorSeconds: (user + system) / 1e6,
  }
}

/**
 * A line of a Markdown table, mean ± SD over the seeds; the difference from `default` is that of the validation Pearson on the same
 * seeds and cell types, mean ± its standard error.
 */
function rowOf(recipe: string, variant: Variant): string {
  const rows = table.filter((row) => row.recipe === recipe && row.variant === variant)
  const of = (cellType: string, measure: (row: Trained) => number) => rows.filter((row) => row.cellType === cellType).map(measure)
  const beside = rows.flatMap((row) => {
    const same = table.find(
      (other) => other.recipe === 'default' && other.variant === variant && other.seed === row.seed && other.cellType === row.cellType,
    )
    return same ? [row.validation - same.validation] : []
  })
  const difference =
    recipe === 'default' || beside.length < 2
      ? ''
      : `${signed(mean(beside))} ± ${(deviation(beside) / Math.sqrt(beside.length)).toFixed(3)}`
  const told = TESTED.includes(recipe)
  const cells = [
    recipe,
    variant,
    String(new Set(rows.map(({ seed }) => seed)).size),
    ...CELL_TYPES.map((cellType) => spread(of(cellType, ({ validation }) => validation))),
    difference,
    ...CELL_TYPES.map((cellType) => (told ? spread(of(cellType, ({ test }) => test)) : '')),
    ...CELL_TYPES.map((cellType) => (told ? mean(of(cellType, ({ testR2 }) => testR2)).toFixed(3) : '')),
    CELL_TYPES.map((cellType) =>
      seconds(
        of(cellType, (row) => row.seconds),
        of(cellType, (row) => row.processorSeconds),
      ),
    ).join(' · '),
  ]
  return `| ${cells.join(' | ')} |`
}

function spread(values: readonly number[]): string {
  return `${mean(values).toFixed(3)} ± ${deviation(values).toFixed(3)}`
}

function seconds(wall: readonly number[], processor: readonly number[]): string {
  return `${mean(wall).toFixed(1)} (${mean(processor).toFixed(1)})`
}

function signed(value: number): string {
  return value < 0 ? `−${Math.abs(value).toFixed(3)}` : `+${value.toFixed(3)}`
}

function deviation(values: readonly number[]): number {
  const centre = mean(values)
  return values.length < 2 ? 0 : Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1))
}
