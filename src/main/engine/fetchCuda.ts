import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { stageProgressSchema, type StageProgress } from '../../shared/contract/calls/inputs.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { project } from './cudaRuntime.ts'
import { lastLines } from './engineEnvironment.ts'

const progressLine = z.string().transform((line, context) => {
  try {
    return stageProgressSchema.parse(JSON.parse(line))
  } catch {
    context.addIssue({ code: 'custom', message: 'no progress' })
    return z.NEVER
  }
})

/**
 * Fetches TensorFlow for NVIDIA GPUs by the set-up's own script, in a process of its own: `npm run engine -- --cuda --yes`.
 * Stopped, it keeps what is whole and goes on with it the next time.
 *
 * @param home the folder that holds `scripts`
 * @throws WorkbenchError `unavailable` with the script's words, `cancelled` after the signal
 */
export function fetchCuda(progress: (value: StageProgress) => void, signal: AbortSignal, home = project): Promise<void> {
  const script = join(home, 'scripts', 'engine.mjs')
  if (!existsSync(script)) {
    throw new WorkbenchError('unavailable', 'This copy of the workbench cannot fetch CUDA.', {
      hint: 'It can be fetched where the workbench is set up from its source: npm run engine -- --cuda.',
    })
  }
  // Electron's own executable is a Node only when it is told to be.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const child = spawn(process.execPath, [script, '--cuda', '--yes', '--progress'], { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const stop = () => void child.kill('SIGTERM')
  signal.addEventListener('abort', stop, { once: true })
  const said = lastLines()
  createInterface({ input: child.stderr }).on('line', said.add)
  createInterface({ input: child.stdout }).on('line', (line) => {
    const read = progressLine.safeParse(line)
    if (read.success) progress(read.data)
  })
  return new Promise<void>((resolve, reject) => {
    child.on('error', (cause) => reject(new WorkbenchError('unavailable', 'The set-up could not be started.', {}, { cause })))
    child.on('close', (code) => {
      if (signal.aborted) reject(new WorkbenchError('cancelled', 'Stopped.'))
      else if (code === 0) resolve()
      else reject(new WorkbenchError('unavailable', 'TensorFlow for NVIDIA GPUs could not be fetched.', { hint: problemOf(said.text()) }))
    })
  }).finally(() => signal.removeEventListener('abort', stop))
}

/** The set-up's problem: what it says after its last empty line but one. */
function problemOf(said: string): string {
  const paragraphs = said.split(/\n\s*\n/).map((each) => each.trim())
  return paragraphs.filter(Boolean).at(-1) ?? 'The set-up did not say why.'
}
