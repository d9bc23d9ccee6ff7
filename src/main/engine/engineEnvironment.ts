import { delimiter } from 'node:path'

const KEPT_LINES = 400

/** The environment of an engine process that is to use other native libraries, and to say why where they fail. */
export function engineEnvironment(env: NodeJS.ProcessEnv, libraries: readonly string[]): NodeJS.ProcessEnv {
  if (libraries.length === 0) return env
  const path = [...libraries, env['LD_LIBRARY_PATH']].filter(Boolean).join(delimiter)
  return { ...env, LD_LIBRARY_PATH: path, TF_CPP_MIN_LOG_LEVEL: '0' }
}

/** Keeps the last lines of what a process prints. */
export function lastLines(): { readonly add: (line: string) => void; readonly text: () => string } {
  const lines: string[] = []
  return {
    add: (line) => {
      lines.push(line)
      if (lines.length > KEPT_LINES) lines.shift()
    },
    text: () => lines.join('\n'),
  }
}
