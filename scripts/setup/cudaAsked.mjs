import { createInterface } from 'node:readline/promises'
import { say } from './say.mjs'

/** @param {number} bytes */
const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`

/**
 * Tells what will be fetched and how large it is, and asks. Where nobody can answer, nothing is fetched.
 * @param {import('./cudaRuntime.mjs').CudaRuntime} runtime
 * @returns {Promise<boolean>} whether to go on
 */
export const cudaAsked = async (runtime) => {
  const { files, bytes, left, unpacked } = runtime.size()
  say(
    [
      `TensorFlow for NVIDIA GPUs, with CUDA: ${files} files, ${gigabytes(bytes)} to fetch`,
      left < bytes ? ` (${gigabytes(bytes - left)} of it is here already)` : '',
      `, ${gigabytes(unpacked)} once unpacked. It needs an NVIDIA GPU with a driver of version 525 or later.`,
    ].join(''),
  )
  if (!process.stdin.isTTY) {
    say('To go on without being asked: npm run engine -- --cuda --yes')
    return false
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await terminal.question('Fetch it? [y/N] ')).trim())
  } finally {
    terminal.close()
  }
}
