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

/** Where PyTorch computes. */
export type PeerDevice = 'cpu' | 'cuda'

/** A Python that can import PyTorch, which finds the device, by its command; null where there is none. `BENCH_PYTHON` names one. */
export async function findPeer(device: PeerDevice = 'cpu'): Promise<string | null> {
  for (const python of [process.env['BENCH_PYTHON'], 'python3', 'python']) {
    if (!python) continue
    try {
      await run(python, ['-c', `import torch; torch.zeros(1, device="${device}")`])
      return python
    } catch {
      // Not this one.
    }
  }
  return null
}

/** How PyTorch is written: each row through the whole network, one pass of the trunk a sequence, or each sequence in `one` cell type only. */
export type Trunk = 'rows' | 'shared' | 'one'

/** Measures PyTorch on a variant. */
export async function measurePeer(
  python: string,
  variant: Variant,
  batch: number,
  trunk: Trunk,
  seconds: number,
  device: PeerDevice = 'cpu',
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
    '--device',
    device,
  ])
  return JSON.parse(stdout) as PeerRates
}
