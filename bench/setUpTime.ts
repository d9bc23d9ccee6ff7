import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const project = fileURLToPath(new URL('..', import.meta.url))

/** Seconds that the set-up takes where everything is in place already. */
export function setUpAgain(): Promise<number> {
  return setUpIn(project)
}

/** Seconds that the set-up takes on a fresh clone of the last commit: it downloads and builds whatever npm's and pip's caches do not hold. */
export async function setUpFresh(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'enhancer-bench-'))
  try {
    const clone = join(folder, 'clone')
    await run('git', ['clone', '--quiet', project, clone])
    return await setUpIn(clone)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function setUpIn(cwd: string): Promise<number> {
  const began = performance.now()
  await run(process.execPath, [join('scripts', 'setup.mjs'), '--for', 'cli'], { cwd })
  return (performance.now() - began) / 1000
}
