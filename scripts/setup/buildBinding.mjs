import { mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { compileEncoder } from './compileEncoder.mjs'
import { node24 } from './node24.mjs'
import { inProject } from './paths.mjs'
import { lastLines, runProcess } from './runProcess.mjs'
import { say } from './say.mjs'
import { SetupProblem } from './setupProblem.mjs'

const sources = inProject('node_modules', '@tensorflow', 'tfjs-node-gpu', 'binding')
const nodeApiHeaders = inProject('node_modules', 'node-api-headers', 'include')

/**
 * The binding finds its libraries from its own place, so the project's folder can be moved: in the package they are in deps/lib,
 * and while it is built they are beside it. LD_LIBRARY_PATH goes before both, which is how another build of them (CUDA's) can stand in.
 * @param {string} runtime
 */
const linkerArguments = (runtime) => {
  const homes = ['../../deps/lib', `../${path.basename(runtime)}/lib`]
  const library = (/** @type {string} */ name) => path.join(runtime, 'lib', name)
  return process.platform === 'darwin'
    ? [
        ...['-bundle', '-undefined', 'dynamic_lookup', library('libtensorflow_cc.2.dylib'), library('libtensorflow_framework.2.dylib')],
        ...homes.map((home) => `-Wl,-rpath,@loader_path/${home}`),
      ]
    : [
        '-shared',
        library('libtensorflow_cc.so.2'),
        library('libtensorflow_framework.so.2'),
        ...homes.map((home) => `-Wl,-rpath,$ORIGIN/${home}`),
      ]
}

/**
 * @param {string} compiler
 * @param {string[]} args
 */
const compile = async (compiler, args) => {
  const { code, output: said } = await runProcess(compiler, args)
  if (code === 0) return
  throw new SetupProblem(
    `The engine's binding could not be compiled. ${compiler} said:\n${lastLines(said)}`,
    'It needs a compiler that knows C++17 (GCC 8, Clang 7 or newer); the variable CXX names another one.',
  )
}

/**
 * tfjs-node's binding with the encoder's own operations in it; without them, and slower, where the compiler cannot make them.
 * @param {string} compiler
 * @param {string} runtime
 * @param {string} work  a folder for the object files
 * @param {string} output
 */
const compileBinding = async (compiler, runtime, work, output) => {
  const language = ['-std=c++17', '-O2', '-fPIC', '-DNAPI_VERSION=8', `-I${nodeApiHeaders}`, `-I${path.join(runtime, 'include')}`]
  const parts = ['tfjs_backend', 'tfjs_binding'].map((name) => ({ source: `${name}.cc`, object: path.join(work, `${name}.o`) }))
  const [encoder] = await Promise.all([
    compileEncoder(compiler, runtime, work),
    ...parts.map(({ source, object }) => compile(compiler, [...language, '-c', path.join(sources, source), '-o', object])),
  ])
  if ('problem' in encoder)
    say(`The engine's faster operations cannot be compiled here; it goes on without. ${compiler} said:\n${encoder.problem}`)
  const objects = [...parts.map(({ object }) => object), ...('objects' in encoder ? encoder.objects : [])]
  await compile(compiler, [...objects, '-o', output, '-pthread', ...linkerArguments(runtime)])
  for (const object of objects) rmSync(object)
}

/**
 * Loads the binding in a process of its own, since a processor without AVX would end it, and asks for TensorFlow's version.
 * @param {string} binding
 * @param {string} version
 */
const proveThatItLoads = async (binding, version) => {
  const { code, output } = await runProcess(node24(), ['-p', `require(${JSON.stringify(binding)}).TF_Version`], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
  })
  if (code === 0 && lastLines(output, 1) === version) return
  throw new SetupProblem(
    `The engine's runtime does not load on this machine.${output.trim() === '' ? '' : ` It said:\n${lastLines(output, 4)}`}`,
    'TensorFlow needs a 64-bit processor, with AVX where it is an x86, and on Linux glibc 2.17 or newer.',
  )
}

/**
 * Compiles tfjs-node's binding, and the encoder's own operations with it, against an unpacked runtime and proves that it loads. Node-API's headers come from npm, so nothing more is fetched.
 * The folder appears by one rename, when the binding works: if it is there, it works.
 * @param {string} compiler
 * @param {string} runtime  the runtime's folder
 * @param {string} folder  a folder beside it, for `tfjs_binding.node`
 * @param {string} version  the version of TensorFlow that must answer
 * @throws {SetupProblem} where the compiler refuses or the result does not load
 */
export const buildBinding = async (compiler, runtime, folder, version) => {
  const work = path.join(path.dirname(folder), '.building')
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work)
  const binding = path.join(work, 'tfjs_binding.node')
  await compileBinding(compiler, runtime, work, binding)
  await proveThatItLoads(binding, version)
  renameSync(work, folder)
}
