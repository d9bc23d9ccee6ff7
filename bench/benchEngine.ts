import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { engineEnvironment } from '../src/main/engine/engineEnvironment.ts'
import { engineContract, type EngineClient } from '../src/shared/contract/engine.ts'
import { connect } from '../src/shared/rpc/client.ts'
import { forkedEnd, processChannel } from '../src/shared/rpc/processChannel.ts'
import { peakMemory } from './peakMemory.ts'

export interface BenchEngine {
  readonly calls: EngineClient
  /** Such as `tensorflow on CPU`. */
  readonly name: string
  /** From the start of the process until it has proved itself with a training step. */
  readonly startSeconds: number
  /** MiB, so far; null where the system does not tell. */
  peakMemory(): number | null
  stop(): void
}

/**
 * The built engine in a process of its own, started as the workbench starts it: on the processor, or with CUDA's libraries on
 * an NVIDIA GPU. Throws where it cannot be.
 */
export async function startBenchEngine(cudaLibraries: readonly string[] = [], env: NodeJS.ProcessEnv = process.env): Promise<BenchEngine> {
  const onGpu = cudaLibraries.length > 0
  const began = performance.now()
  const child = fork(fileURLToPath(new URL('../out/engine/index.js', import.meta.url)), [], {
    serialization: 'advanced',
    execArgv: [],
    env: engineEnvironment(env, cudaLibraries),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const { calls } = connect(engineContract, processChannel(forkedEnd(child)))
  const { name, device } = await calls.engine
    .start({ engines: onGpu ? ['tensorflow'] : ['tensorflow', 'wasm', 'cpu'], gpuOnly: onGpu })
    .catch((fault: unknown) => {
      child.kill('SIGKILL')
      throw fault
    })
  return {
    calls,
    name: `${name} on ${device}`,
    startSeconds: (performance.now() - began) / 1000,
    peakMemory: () => peakMemory(child.pid!),
    stop: () => void child.kill('SIGKILL'),
  }
}
