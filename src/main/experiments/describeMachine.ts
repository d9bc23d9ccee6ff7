import { availableParallelism, cpus, totalmem } from 'node:os'
import type { Machine } from '../../shared/domain/model.ts'

/**
 * The computer that trains, without a name by which it could be found.
 *
 * @param engine as the engine calls itself: `tensorflow on CPU`, `tensorflow on NVIDIA GPU (CUDA)`
 */
export function describeMachine(engine: string): Machine {
  const device = engine.slice(engine.indexOf(' on ') + ' on '.length)
  return {
    processor: cpus()[0]?.model.trim() || 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    gpu: /^CPU\b/.test(device) ? null : device,
  }
}
