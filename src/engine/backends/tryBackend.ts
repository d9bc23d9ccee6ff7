import type { EngineName, EngineReport } from '../../shared/domain/engine.ts'
import type { Backend } from './backend.ts'
import type { Loaders } from './chooseBackend.ts'
import { loaders } from './loaders.ts'
import { measureSpeed } from './measureSpeed.ts'
import { WrongNumbers } from './proveBackend.ts'
import { proveOrFallBack, reasonOf } from './proveOrFallBack.ts'

/** What an engine says of itself, and what a real training step on it says. */
export interface Trial {
  readonly report: EngineReport
  readonly versions: Readonly<Record<string, string>>
}

/** Tries and times one engine. What fails is told in words, not thrown. */
export async function tryBackend(name: EngineName, from: Loaders = loaders): Promise<Trial> {
  let backend: Backend | undefined
  let difference: number | null = null
  try {
    backend = await from[name].load()
    const proved = await proveOrFallBack(backend)
    backend = proved.backend
    difference = proved.difference
    const rowsPerSecond = await measureSpeed(backend)
    return {
      report: { name, device: backend.device, onGpu: backend.onGpu, works: true, difference, rowsPerSecond, reason: proved.fellBack ?? '' },
      versions: backend.versions,
    }
  } catch (fault) {
    const { device = '', onGpu = false, versions = {} } = backend ?? {}
    if (fault instanceof WrongNumbers) difference = fault.difference
    return { report: { name, device, onGpu, works: false, difference, rowsPerSecond: null, reason: reasonOf(fault) }, versions }
  }
}
