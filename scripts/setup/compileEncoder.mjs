import path from 'node:path'
import { inProject } from './paths.mjs'
import { lastLines, runProcess } from './runProcess.mjs'

export const encoderSources = inProject('src', 'engine', 'native')

/**
 * The encoder's kernels are compiled once for each kind of processor; which is used is decided when they are loaded.
 * @type {Record<string, { name: string, flags: string[] }[]>}
 */
const kinds = {
  x64: [
    {
      name: 'avx512',
      flags: ['-mavx512f', '-mavx512bw', '-mavx512dq', '-mavx512vl', '-mavx2', '-mfma', '-mbmi2', '-mprefer-vector-width=512'],
    },
    { name: 'avx2', flags: ['-mavx2', '-mfma', '-mbmi2'] },
  ],
  arm64: [{ name: 'neon', flags: [] }],
}

/**
 * Compiles the encoder's own operations.
 * @param {string} compiler
 * @param {string} runtime  whose headers they are compiled against
 * @param {string} folder  for the object files
 * @returns {Promise<{ objects: string[] } | { problem: string }>} what is to be linked with the binding, or what the compiler said
 */
export const compileEncoder = async (compiler, runtime, folder) => {
  const language = ['-std=c++17', '-O3', '-fPIC', '-fno-math-errno', `-I${path.join(runtime, 'include')}`]
  const units = [
    ...(kinds[process.arch] ?? []).map(({ name, flags }) => ({
      source: 'kernels.cc',
      object: `${name}.o`,
      flags: [...flags, `-DKERNELS=${name}`, `-DKERNELS_FUNCTION=${name}Kernels`],
    })),
    { source: 'workers.cc', object: 'workers.o', flags: [] },
    { source: 'tensorflowOps.cc', object: 'tensorflowOps.o', flags: [] },
  ]
  const results = await Promise.all(
    units.map(async ({ source, object, flags }) => {
      const output = path.join(folder, object)
      const ended = await runProcess(compiler, [...language, ...flags, '-c', path.join(encoderSources, source), '-o', output])
      return { object: output, ...ended }
    }),
  )
  const failed = results.find(({ code }) => code !== 0)
  return failed ? { problem: lastLines(failed.output) } : { objects: results.map((result) => result.object) }
}
