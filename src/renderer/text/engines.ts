import type { EngineReport, Gpu } from '../../shared/domain/engine.ts'
import { formatBytes } from '../../shared/text/numbers.ts'

/** A GPU in one line: `NVIDIA GeForce RTX 3090, 24 GB, driver NVIDIA 550.54.14`. */
export function describeGpu({ name, driver, memoryBytes }: Gpu): string {
  const gigabytes = memoryBytes === null ? null : `${Math.round(memoryBytes / 2 ** 30)} GB`
  const memory = memoryBytes !== null && memoryBytes < 2 ** 30 ? formatBytes(memoryBytes) : gigabytes
  return [name, memory, driver === null ? 'no driver is loaded' : `driver ${driver}`].filter(Boolean).join(', ')
}

/** How far an engine's numbers are from PyTorch's: `1 in 5 million`. Two significant digits tell enough. */
export function describeDifference(difference: EngineReport['difference']): string {
  if (difference === null) return '–'
  if (difference === 0) return 'none'
  const parts = 1 / difference
  if (parts >= 1e6) return `1 in ${Math.round(parts / 1e6)} million`
  if (parts >= 1e3) return `1 in ${Math.round(parts / 1e3)} thousand`
  return `1 in ${Math.max(1, Math.round(parts))}`
}
