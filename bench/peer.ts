import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Variant } from '../src/shared/domain/variants.ts'

const run = promisify(execFile)

/** Rates of a variant in PyTorch. A row is a sequence × cell type. */
export interface PeerRates {
  readonly torch: string
  readonly train: PeerRate
  readonly predict: PeerRate
}

/** The better of PyTorch's default number of threads and one. */
export interface PeerRate {
  readonly rowsPerSecond: number
  readonly threads: number
}

/** A Python that can import PyTorch, by its command; null where there is none. `BENCH_PYTHON` names one. */
export async function findPeer(): Promise<string | null> {
  for (const python of [process.env['BENCH_PYTHON'], 'python3', 'python']) {
    if (!python) continue
    try {
      await run(python, ['-c', 'import torch'])
      return python
    } catch {
      // Not this one.
    }
  }
  return null
}

/** Measures PyTorch on a variant: each row through the whole network (`rows`), or one pass of the trunk a sequence (`shared`). */
export async function measurePeer(
  python: string,
  variant: Variant,
  batch: number,
  trunk: 'rows' | 'shared',
  seconds: number,
): Promise<PeerRates> {
  const script = fileURLToPath(new URL('pytorch.py', import.meta.url))
  const { stdout } = await run(python, [
    script,
    '--variant',
    variant,
    '--batch',
    String(batch),
    '--trunk',
    trunk,
    '--seconds',
    String(seconds),
  ])
  return JSON.parse(stdout) as PeerRates
}
