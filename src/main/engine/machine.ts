import type { CudaRuntime, Gpu } from '../../shared/domain/engine.ts'
import { cudaRuntime } from './cudaRuntime.ts'
import { listGpus } from './gpus/listGpus.ts'

/** What the engine is chosen by, apart from the engines themselves. */
export interface Machine {
  /** The GPUs that the system reports. */
  gpus(): Promise<Gpu[]>
  /** TensorFlow's build for NVIDIA GPUs, and the folders of its libraries where it is installed. */
  cuda(): CudaRuntime & { readonly libraries: readonly string[] }
}

export const thisMachine: Machine = { gpus: listGpus, cuda: cudaRuntime }

/** CUDA's libraries, where they are installed and the system reports a GPU for them. */
export async function usableCuda(machine: Machine): Promise<readonly string[]> {
  const { libraries } = machine.cuda()
  if (libraries.length === 0) return []
  return (await machine.gpus()).some(({ maker }) => maker === 'nvidia') ? libraries : []
}
