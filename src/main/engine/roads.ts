import { engineNames, type EngineName } from '../../shared/domain/engine.ts'
import { passedOver } from '../../shared/domain/engineChoice.ts'

/** A way to bring an engine up in a process. */
export interface Road {
  /** Folders of native libraries that stand in for the usual ones: CUDA's. */
  readonly libraries: readonly string[]
  /** The engines to choose from. */
  readonly engines: readonly EngineName[]
  readonly gpuOnly: boolean
}

/** A driver that ends the process once may have had its reasons; twice, and the engine is left out. */
const MOST_DEATHS = 2

/**
 * The ways to an engine, best first: TensorFlow with CUDA's libraries where there are any, then the usual libraries and the
 * best engine that works. What has failed is not tried again until {@link forget}.
 */
export class Roads {
  #cudaFailure: string | undefined
  readonly #deaths = new Map<EngineName, { times: number; how: string }>()

  next(cudaLibraries: readonly string[]): Road {
    if (cudaLibraries.length > 0 && this.#cudaFailure === undefined)
      return { libraries: cudaLibraries, engines: ['tensorflow'], gpuOnly: true }
    return { libraries: [], engines: engineNames.filter((name) => !this.#isLeftOut(name)), gpuOnly: false }
  }

  /** TensorFlow with CUDA could not be started. */
  cudaFailed(why: string): void {
    this.#cudaFailure = why
  }

  /** The process ended while it tried an engine. */
  died(trying: EngineName, how: string): void {
    this.#deaths.set(trying, { times: (this.#deaths.get(trying)?.times ?? 0) + 1, how })
  }

  /** Why better roads are not taken, a sentence each. */
  get reasons(): string[] {
    const leftOut = engineNames.filter((name) => this.#isLeftOut(name))
    return [
      ...(this.#cudaFailure === undefined ? [] : [`TensorFlow on CUDA: ${this.#cudaFailure}`]),
      ...leftOut.map((name) => passedOver(name, `It ended its process ${MOST_DEATHS} times (${this.#deaths.get(name)!.how}).`)),
    ]
  }

  forget(): void {
    this.#cudaFailure = undefined
    this.#deaths.clear()
  }

  #isLeftOut(name: EngineName): boolean {
    return (this.#deaths.get(name)?.times ?? 0) >= MOST_DEATHS
  }
}
