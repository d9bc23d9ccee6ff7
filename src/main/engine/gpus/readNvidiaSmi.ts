import { z } from 'zod'
import type { Gpu } from '../../../shared/domain/engine.ts'

/** What {@link readNvidiaSmi} reads. */
export const nvidiaSmiArguments = ['--query-gpu=name,driver_version,memory.total,pci.bus_id', '--format=csv,noheader,nounits']

const row = z.tuple([z.string(), z.string(), z.string(), z.string()])

/** A GPU of NVIDIA's, with its place on the PCI bus: `0000:01:00.0`. */
export interface PlacedGpu {
  readonly slot: string
  readonly gpu: Gpu
}

/** The rows of `nvidia-smi`, memory in MiB: `NVIDIA GeForce RTX 3090, 550.54.14, 24576, 00000000:01:00.0`. */
export function readNvidiaSmi(printed: string | null): PlacedGpu[] {
  return (printed ?? '').split('\n').flatMap((line) => {
    const cells = row.safeParse(line.split(',').map((cell) => cell.trim()))
    if (!cells.success) return []
    const [name, driver, memory, bus] = cells.data
    const mebibytes = Number(memory)
    const memoryBytes = mebibytes > 0 ? mebibytes * 2 ** 20 : null
    return [{ slot: bus.toLowerCase().slice(-12), gpu: { name, maker: 'nvidia' as const, driver: `NVIDIA ${driver}`, memoryBytes } }]
  })
}
