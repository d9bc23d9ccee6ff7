import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeBases } from '../src/shared/dna/bases.ts'
import { recipes } from '../src/shared/domain/recipe.ts'
import type { Scan } from '../src/shared/domain/scan.ts'
import { openBenchWorkbench, type BenchWorkbench } from './benchWorkbench.ts'
import { finished } from './finished.ts'
import { measurePeer } from './peer.ts'
import { alternate, median, medianRatio } from './rounds.ts'
import { randomBases } from './trainingRates.ts'

export interface ScanRate {
  readonly sequences: number
  /** Sequences a second from a FASTA file to scores in the database, in three cell types. */
  readonly sequencesPerSecond: number
  /** PyTorch's bare forward pass, its data in tensors already, for one cell type; null without PyTorch. */
  readonly peer: { readonly sequencesPerSecond: number; readonly ratio: number } | null
  readonly rounds: { readonly ours: readonly number[]; readonly peer: readonly number[] }
}

const LENGTH = 230

/** Scores a FASTA file with `embedding` through the whole workbench, by turns with PyTorch's forward pass. */
export async function scanRate(python: string | null, sequences: number, rounds: number): Promise<ScanRate> {
  const workbench = await openBenchWorkbench()
  try {
    const run = await trainedRun(workbench)
    const path = join(workbench.folder, 'scan.fa')
    await writeFile(path, fasta(sequences))
    const results = await alternate(rounds, {
      ours: async () => sequences / (await scan(workbench, run, path)).seconds,
      peer: async () => (python === null ? Number.NaN : (await measurePeer(python, 'embedding', 512, 'one', 2)).predict.rowsPerSecond),
    })
    const peer = python === null ? null : { sequencesPerSecond: median(results.peer), ratio: medianRatio(results.ours, results.peer) }
    return { sequences, sequencesPerSecond: median(results.ours), peer, rounds: results }
  } finally {
    await workbench.close()
  }
}

async function trainedRun(workbench: BenchWorkbench): Promise<number> {
  const { id: dataset } = await workbench.calls.datasets.simulate({ name: 'scan', elements: 1000, seed: 1 })
  const recipe = { ...recipes.seed, epochs: 1 }
  const split = { kind: 'group', seed: 1 } as const
  const [run] = await workbench.calls.experiments.launch({ dataset, split, variants: ['embedding'], recipe, seeds: [1] })
  await finished(workbench, run!.id)
  return run!.id
}

/** Scores the file, and returns once the comparison with the training part, which comes after the scores, disturbs nobody any more. */
async function scan({ calls, on }: BenchWorkbench, run: number, path: string): Promise<Scan> {
  const before = new Set((await calls.scans.list({})).map(({ id }) => id))
  const scored = Promise.withResolvers<Scan>()
  const assessed = Promise.withResolvers<void>()
  const stop = on('scans.changed', (seen) => {
    if (before.has(seen.id) || seen.state === 'running') return
    scored.resolve(seen)
    if (seen.assessed === seen.scored) assessed.resolve()
  })
  await calls.scans.start({ models: [{ run }], source: { kind: 'path', path }, name: 'bench' })
  const done = await scored.promise
  await assessed.promise.finally(stop)
  if (done.state !== 'completed') throw new Error(`The scan ended as ${done.state}: ${done.message}`)
  return done
}

/** A FASTA file's text, in pieces: a million sequences are too long for one string. */
function* fasta(sequences: number): Generator<string> {
  const AT_ONCE = 1000
  const bases = randomBases(Math.min(sequences, 100 * AT_ONCE))
  const known = bases.length / LENGTH
  const decoded = Array.from({ length: known }, (_, i) => decodeBases(bases.subarray(i * LENGTH, (i + 1) * LENGTH)))
  for (let from = 0; from < sequences; from += AT_ONCE) {
    const count = Math.min(AT_ONCE, sequences - from)
    yield Array.from({ length: count }, (_, i) => {
      const number = from + i
      return `>candidate ${number}|chr${1 + (number % 22)}:${1000 * number}-${1000 * number + 200}\n${decoded[number % known]!}\n`
    }).join('')
  }
}
