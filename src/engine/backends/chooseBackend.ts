import { engineNames, type EngineCheck, type EngineName, type EngineReport } from '../../shared/domain/engine.ts'
import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import type { Backend, BackendLoader } from './backend.ts'
import { loaders } from './loaders.ts'
import { measureSpeed } from './measureSpeed.ts'
import { proveBackend } from './proveBackend.ts'

type Loaders = Readonly<Record<EngineName, BackendLoader>>

/** The names that people know the engines by. */
const titles: Readonly<Record<EngineName, string>> = { tensorflow: 'TensorFlow', wasm: 'WebAssembly', cpu: 'Plain JavaScript' }
const drawbacks: Readonly<Record<EngineName, string>> = {
  tensorflow: '',
  wasm: ' It gives the same numbers, but training is very slow.',
  cpu: ' It gives the same numbers, but is too slow for real training.',
}

/** An engine in use, and why it and no better one. */
export interface Choice {
  readonly backend: Backend
  readonly reason: string
}

/**
 * The first of the engines, best first, that takes a training step and gets PyTorch's numbers. Throws a
 * {@link WorkbenchError} with every engine's reason when none does.
 */
export async function chooseBackend(names: readonly EngineName[] = engineNames, from: Loaders = loaders): Promise<Choice> {
  const failures: string[] = []
  for (const name of engineNames.filter((known) => names.includes(known))) {
    try {
      const backend = await loadProven(from[name])
      return { backend, reason: reasonFor(name, failures) }
    } catch (fault) {
      failures.push(`${titles[name]}: ${reasonOf(fault)}`)
    }
  }
  throw new WorkbenchError('unavailable', `No engine works on this computer. ${failures.join(' ')}`, {
    hint: 'Run the set-up again with an internet connection.',
  })
}

/** Tries and times every engine, tells of each, and leaves the best that works in use. */
export async function checkBackends(from: Loaders = loaders): Promise<{ readonly check: EngineCheck; readonly choice: Choice | null }> {
  const engines: EngineReport[] = []
  const failures: string[] = []
  const versions: Record<string, string> = { node: process.versions.node }
  let chosen: EngineName | null = null
  let chosenReason = ''
  for (const name of engineNames) {
    try {
      const backend = await loadProven(from[name])
      Object.assign(versions, backend.versions)
      const reason = chosen === null ? reasonFor(name, failures) : `Works, but ${titles[chosen]} is better.`
      if (chosen === null) {
        chosen = name
        chosenReason = reason
      }
      engines.push({ name, device: backend.device, works: true, rowsPerSecond: measureSpeed(backend), reason })
    } catch (fault) {
      failures.push(`${titles[name]}: ${reasonOf(fault)}`)
      engines.push({ name, device: '', works: false, rowsPerSecond: null, reason: reasonOf(fault) })
    }
  }
  return { check: { chosen, engines, versions }, choice: chosen && { backend: await from[chosen].load(), reason: chosenReason } }
}

async function loadProven(loader: BackendLoader): Promise<Backend> {
  const backend = await loader.load()
  proveBackend(backend)
  return backend
}

function reasonFor(name: EngineName, failures: readonly string[]): string {
  if (failures.length === 0) return `${titles[name]} works: a training step gave the expected numbers.${drawbacks[name]}`
  return `${failures.join(' ')} So ${titles[name]} is used.${drawbacks[name]}`
}

function reasonOf(fault: unknown): string {
  if (!(fault instanceof WorkbenchError)) return `A training step failed: ${messageOf(fault)}.`
  return fault.details.hint ? `${fault.message} ${fault.details.hint}` : fault.message
}
