import { spawn } from 'node:child_process'
import { endWith } from './endWith.mjs'
import { stripVTControlCharacters } from 'node:util'

/** @typedef {{ code: number, output: string }} Ended how a program ended, and its standard output and standard error together */

/**
 * Runs a program to its end and keeps what it said. Never rejects for a program that fails: the caller knows what that means.
 * A program that does not exist ends with code 127, as in a shell.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, timeout?: number }} [options]
 * @returns {Promise<Ended>}
 */
export const runProcess = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += String(text)))
    const stay = endWith(child)
    child.on('error', (error) => {
      stay()
      if ('code' in error && error.code === 'ENOENT') resolve({ code: 127, output: `${command} was not found` })
      else reject(error)
    })
    child.on('close', (code) => {
      stay()
      resolve({ code: code ?? 1, output })
    })
  })

/**
 * The last lines of a program's output, for a message: without its colours, and without the places in its own code.
 * @param {string} output
 */
export const lastLines = (output, count = 12) => {
  const lines = stripVTControlCharacters(output).trimEnd().split('\n')
  return lines
    .filter((line) => !/^ +at /.test(line))
    .slice(-count)
    .join('\n')
}
