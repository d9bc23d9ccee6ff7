import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const cliEntry = fileURLToPath(new URL(`../../../${process.env['WORKBENCH_OUT'] ?? 'out'}/main/cli.js`, import.meta.url))

export interface CommandResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the built command line. */
export async function commandLine(...words: string[]): Promise<CommandResult> {
  const child = spawn(process.execPath, [cliEntry, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  const code = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, stdout, stderr }
}

/** Runs it with `--json` and gives the one document that it printed; fails with its words if it did not succeed. */
export async function commandLineJson<T>(...words: string[]): Promise<T> {
  const { code, stdout, stderr } = await commandLine(...words, '--json')
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${stderr}`)
  return JSON.parse(stdout) as T
}
