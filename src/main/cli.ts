import { runCommandLine } from './commandLine/program.ts'
import { withWorkbench } from './commandLine/withWorkbench.ts'
import { engineEntry, forkEngine } from './engine/forkEngine.ts'

/** Within this time a second SIGINT is the same press of Ctrl-C, handed on by npm. */
const SAME_PRESS_MILLISECONDS = 500

const interrupt = new AbortController()
let pressed: number | undefined
process.on('SIGINT', () => {
  if (pressed !== undefined && performance.now() - pressed >= SAME_PRESS_MILLISECONDS) process.exit(1)
  pressed ??= performance.now()
  interrupt.abort()
})
process.on('SIGTERM', () => interrupt.abort())
// A reader that has seen enough, such as head, is no fault.
process.stdout.on('error', (fault: NodeJS.ErrnoException) => process.exit(fault.code === 'EPIPE' ? 0 : 1))

process.exitCode = await runCommandLine(process.argv.slice(2), {
  terminal: {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    live: process.stderr.isTTY,
    interrupted: interrupt.signal,
  },
  withWorkbench: withWorkbench((log) => forkEngine(engineEntry(import.meta.url), log)),
})
