import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { CudaRuntime } from '../../shared/domain/engine.ts'

/** The folder that holds `src` where this runs from source, `out` where the app is built; `runtime` and `scripts` are beside them. */
export const project = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../../' : '../../', import.meta.url))

const lockSchema = z.object({
  cuda: z.record(z.string(), z.object({ wheels: z.array(z.object({ bytes: z.number() })) })).default({}),
})
/** Written by the set-up when everything is in its place: scripts/setup/cudaRuntime.mjs. */
const installedSchema = z.object({ libraries: z.array(z.string()) })

/**
 * TensorFlow's build for NVIDIA GPUs, as `npm run engine -- --cuda` installs it beside the one for processors, and the folders
 * of its libraries.
 *
 * @param home the folder that holds `runtime` and the lock file
 */
export function cudaRuntime(
  home = project,
  platform = `${process.platform}-${process.arch}`,
): CudaRuntime & { readonly libraries: readonly string[] } {
  const lock = lockSchema.safeParse(readJson(join(home, 'engine-runtime.lock.json')))
  const wheels = lock.success ? lock.data.cuda[platform]?.wheels : undefined
  if (!wheels) return { state: 'none', bytes: 0, libraries: [] }
  const bytes = wheels.reduce((sum, wheel) => sum + wheel.bytes, 0)
  const folder = join(home, 'runtime', 'cuda')
  const installed = installedSchema.safeParse(readJson(join(folder, 'installed.json')))
  if (!installed.success) return { state: 'absent', bytes, libraries: [] }
  return { state: 'installed', bytes, libraries: installed.data.libraries.map((name) => join(folder, name)) }
}

function readJson(file: string): unknown {
  if (!existsSync(file)) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
