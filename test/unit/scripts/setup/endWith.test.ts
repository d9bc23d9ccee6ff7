import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, it, onTestFinished } from 'vitest'
import { inProject } from '../../../../scripts/setup/paths.mjs'

/** A set-up that runs two programs side by side, each of which says its number and then stays for ever. */
const setUp = `
import { spawn } from 'node:child_process'
import { endWith } from ${JSON.stringify(inProject('scripts', 'setup', 'endWith.mjs'))}
for (let i = 0; i < 2; i++) {
  const child = spawn(process.execPath, ['-e', 'console.log(process.pid); setInterval(() => {}, 1e6)'], { stdio: 'inherit' })
  child.on('close', endWith(child))
}
`

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'takes its programs along on %s, and ends after them, by it',
  async (signal) => {
    const parent = spawn(process.execPath, ['--input-type=module', '-e', setUp], { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(parent, 'exit')
    const children: number[] = []
    onTestFinished(() => {
      for (const pid of children) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
    })
    for await (const line of createInterface({ input: parent.stdout })) {
      children.push(Number(line))
      if (children.length === 2) break
    }
    expect(children.map(isAlive)).toEqual([true, true])
    parent.kill(signal)
    expect(await ended).toEqual([null, signal])
    expect(children.map(isAlive)).toEqual([false, false])
  },
)
