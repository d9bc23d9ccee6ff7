import { engineNames, type EngineName } from '../../shared/domain/engine.ts'
import { gpuEngines, passedOver, rankOf, SOFTWARE_GPU, whyUsed } from '../../shared/domain/engineChoice.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Backend, BackendLoader } from './backend.ts'
import { loaders } from './loaders.ts'
import { proveOrFallBack, reasonOf } from './proveOrFallBack.ts'

export type Loaders = Readonly<Record<EngineName, BackendLoader>>

/** An engine in use, and why it and no better one. */
export interface Choice {
  readonly backend: Backend
  readonly reason: string
}

export interface ChoiceOptions {
  /** The engines to choose from; all where it is not given. */
  readonly engines?: readonly EngineName[] | undefined
  /** A processor is not good enough. */
  readonly gpuOnly?: boolean | undefined
  readonly from?: Loaders
  /** Told before each engine is tried: a driver that fails can take the process along. */
  readonly onTrying?: (name: EngineName) => void
}

/**
 * The first engine, best first, that takes a training step and gets PyTorch's numbers: any that finds a GPU before any on a
 * processor. Throws a {@link WorkbenchError} with every engine's reason when none does.
 */
export async function chooseBackend(options: ChoiceOptions = {}): Promise<Choice> {
  const { engines = engineNames, gpuOnly = false, from = loaders, onTrying = () => {} } = options
  const reasons: string[] = []
  const onProcessor: EngineName[] = []
  const attempt = async (name: EngineName, isGoodEnough: (backend: Backend) => boolean): Promise<Choice | undefined> => {
    try {
      onTrying(name)
      const loaded = await from[name].load()
      if (!isGoodEnough(loaded)) return undefined
      const { backend, fellBack } = await proveOrFallBack(loaded)
      return { backend, reason: whyUsed(backend, fellBack === null ? reasons : [...reasons, passedOver(name, fellBack)]) }
    } catch (fault) {
      reasons.push(passedOver(name, reasonOf(fault)))
      return undefined
    }
  }

  for (const name of engineNames.filter((known) => engines.includes(known))) {
    const wait = () => void onProcessor.push(name)
    if (!gpuEngines.includes(name)) wait()
    else {
      const choice = await attempt(name, ({ onGpu }) => {
        if (!onGpu) wait()
        return onGpu
      })
      if (choice) return choice
    }
  }
  if (gpuOnly) throw noneWorks([...reasons, ...onProcessor.map((name) => passedOver(name, 'It found no GPU.'))])
  if (onProcessor.includes('webgpu') && onProcessor.length > 1) reasons.push(passedOver('webgpu', SOFTWARE_GPU))
  for (const name of onProcessor.sort((a, b) => rankOf({ name: a, onGpu: false }) - rankOf({ name: b, onGpu: false }))) {
    const choice = await attempt(name, () => true)
    if (choice) return choice
  }
  throw noneWorks(reasons)
}

function noneWorks(reasons: readonly string[]): WorkbenchError {
  return new WorkbenchError('unavailable', ['No engine works on this computer.', ...reasons].join(' '), {
    hint: 'Run the set-up again with an internet connection.',
  })
}
