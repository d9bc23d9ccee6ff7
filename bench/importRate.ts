import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { encodeFiles } from '../src/main/datasets/simulation/encodeFiles.ts'
import { peakMemory } from './peakMemory.ts'

const cli = fileURLToPath(new URL('../out/main/cli.js', import.meta.url))

export interface ImportRate {
  /** Lines of the activity files: an element in a cell type and a replicate each. */
  readonly rows: number
  readonly seconds: number
  readonly rowsPerSecond: number
  /** Of the core, MiB; null where the system does not tell. */
  readonly peakMemory: number | null
}

/** Imports a simulated library of so many elements, in ENCODE's files, by the command line: the process's start and end included. */
export async function importRate(elements: number): Promise<ImportRate> {
  const folder = await mkdtemp(join(tmpdir(), 'enhancer-bench-'))
  try {
    const { fasta, activities } = encodeFiles({ elements, seed: 1 })
    const fastaFile = join(folder, 'library.fasta')
    await writeFile(fastaFile, fasta)
    const named: string[] = []
    let rows = 0
    for (const { cellType, tsv } of activities) {
      const file = join(folder, `${cellType}.tsv`)
      await writeFile(file, tsv)
      named.push(`${cellType}=${file}`)
      rows += tsv.split('\n').length - 2
    }
    const words = ['import', '--name', 'bench', '--fasta', fastaFile, '--activity', ...named, '--workspace', join(folder, 'workspace')]
    const began = performance.now()
    const child = spawn(process.execPath, [cli, ...words, '--json'], { stdio: ['ignore', 'ignore', 'pipe'] })
    let peak: number | null = null
    // The system forgets it with the process, so the last look is what there is.
    const looks = setInterval(() => (peak = peakMemory(child.pid!) ?? peak), 50)
    const ended = once(child, 'exit')
    const said = await text(child.stderr)
    const [code] = (await ended) as [number | null]
    clearInterval(looks)
    if (code !== 0) throw new Error(`The import ended with ${code}: ${said}`)
    const seconds = (performance.now() - began) / 1000
    return { rows, seconds, rowsPerSecond: rows / seconds, peakMemory: peak }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
