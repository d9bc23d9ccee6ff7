import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import type { Backend } from './backend.ts'
import { withMachineFaults } from './machineFaults.ts'
import { proveBackend } from './proveBackend.ts'

/** A backend that has passed its proof. */
export interface Proved {
  readonly backend: Backend
  /** As {@link proveBackend}. */
  readonly difference: number
  /** Why our own operations are not used, in words; null where nothing was passed over. */
  readonly fellBack: string | null
}

/**
 * Proves a backend and, where that fails and it has a form without our own operations, that form. Throws what the last of
 * them threw.
 */
export async function proveOrFallBack(loaded: Backend): Promise<Proved> {
  const backend = withMachineFaults(loaded)
  try {
    return { backend, difference: await proveBackend(backend), fellBack: null }
  } catch (fault) {
    if (!loaded.withoutNative) throw fault
    const proved = await proveOrFallBack(loaded.withoutNative)
    return { ...proved, fellBack: `Its fast encoder is not used, but TensorFlow’s own layers, which are slower. ${reasonOf(fault)}` }
  }
}

/** Why an engine failed, in words that a user may read. */
export function reasonOf(fault: unknown): string {
  if (!(fault instanceof WorkbenchError)) return `A training step failed: ${messageOf(fault)}.`
  return fault.details.hint ? `${fault.message} ${fault.details.hint}` : fault.message
}
