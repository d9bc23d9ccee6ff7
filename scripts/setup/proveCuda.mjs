import path from 'node:path'
import { node24 } from './node24.mjs'
import { lastLines, runProcess } from './runProcess.mjs'
import { SetupProblem } from './setupProblem.mjs'

/**
 * Loads the engine's binding with other libraries under it, in a process of its own, and asks for TensorFlow's version. Whether a GPU answers is
 * another matter: the engine looks each time it starts, and goes on with the processor where none does.
 * @param {string} bindingFolder  holds `tfjs_binding.node`
 * @param {string[]} folders  of the libraries, TensorFlow's first
 * @param {string} version  the version of TensorFlow that must answer
 * @throws {SetupProblem} where they do not load
 */
export const proveCuda = async (bindingFolder, folders, version) => {
  const script = `const { TF_Version } = require(${JSON.stringify(path.join(bindingFolder, 'tfjs_binding.node'))})
    const [library] = process.report.getReport().sharedObjects.filter((file) => file.includes('libtensorflow_cc'))
    console.log(TF_Version, require('node:path').dirname(library ?? ''))`
  const { code, output } = await runProcess(node24(), ['-e', script], {
    env: { ...process.env, LD_LIBRARY_PATH: folders.join(path.delimiter), TF_CPP_MIN_LOG_LEVEL: '3' },
  })
  // Another build of the same version would do as well for the version: the place tells that it is this one.
  if (code === 0 && lastLines(output, 1) === `${version} ${folders[0]}`) return
  throw new SetupProblem(
    `TensorFlow for NVIDIA GPUs does not load on this machine, so nothing was changed. It said:\n${lastLines(output, 4)}`,
    'It needs a 64-bit x86 processor with AVX and glibc 2.17 or newer. The engine goes on as it was.',
  )
}
