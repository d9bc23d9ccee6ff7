import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import util from 'node:util'
import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import { tensorFlowBackend } from '../graph/binding.ts'
import { traceToGraph } from '../graph/traceToGraph.ts'
import { nativeLanes } from '../ops/nativeEncoder.ts'
import { nativeOps, tensorflowOps } from '../ops/tensorflowOps.ts'
import { requireModule, tf } from '../tfjs.ts'
import type { Backend, BackendLoader } from './backend.ts'
import { readSynchronously } from './readSynchronously.ts'

const PACKAGE = '@tensorflow/tfjs-node-gpu'

/** TensorFlow's own C++ runtime, on CUDA or on the CPU, whichever its build and the machine offer. Runs traced graphs. */
export const tensorflow: BackendLoader = {
  name: 'tensorflow',
  load: async () => {
    loadBinding()
    if (!(await tf.setBackend('tensorflow'))) throw new WorkbenchError('unavailable', 'TensorFlow was found but did not start.')
    const { isUsingGpuDevice, binding } = tensorFlowBackend()
    // Read at the first op: the same seed must give the same bytes on a GPU, too.
    if (isUsingGpuDevice) process.env['TF_DETERMINISTIC_OPS'] ??= '1'
    // Our own operations know processors only; and they share out their work by themselves.
    const lanes = isUsingGpuDevice ? 0 : nativeLanes()
    const own: Backend = {
      name: 'tensorflow',
      device: isUsingGpuDevice ? 'NVIDIA GPU (CUDA)' : 'CPU',
      onGpu: isUsingGpuDevice,
      // The last digits follow from which layers compute, and from how many sequences they take side by side.
      versions: { tensorflow: binding.TF_Version, tfjs: tf.version_core, encoder: 'TensorFlow’s layers' },
      ops: tensorflowOps,
      scoringBatch: 512,
      scoringParts: isUsingGpuDevice ? 1 : 4,
      compile: traceToGraph,
      read: readSynchronously,
    }
    if (lanes === 0) return own
    const versions = { ...own.versions, encoder: `the workbench’s own, ${lanes} lanes` }
    return { ...own, versions, ops: nativeOps, scoringBatch: 2048, scoringParts: 1, withoutNative: own }
  },
}

function loadBinding(): void {
  if (!isInstalled()) {
    throw new WorkbenchError('unavailable', "TensorFlow's runtime is not installed on this computer.", {
      hint: 'Run the set-up again with an internet connection; it fetches the runtime and prepares it.',
    })
  }
  setDefaults()
  // tfjs-node 4.22 calls what Node 23 removed.
  const legacy = util as unknown as { isNullOrUndefined?: (value: unknown) => boolean }
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined
  try {
    requireModule(PACKAGE)
  } catch (fault) {
    const message = "TensorFlow's runtime is installed but could not be loaded on this computer."
    throw new WorkbenchError(
      'unavailable',
      message,
      { hint: `Run the set-up again to repair it. The system says: ${messageOf(fault)}.` },
      { cause: fault },
    )
  }
}

/** `lib` is what the set-up builds in the package, against the runtime. */
function isInstalled(): boolean {
  try {
    return existsSync(join(dirname(requireModule.resolve(`${PACKAGE}/package.json`)), 'lib'))
  } catch {
    return false
  }
}

/** TensorFlow reads its settings from the environment as it loads; what the user has set stays. */
function setDefaults(): void {
  // Only what is fatal goes to standard error.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3'
  // The networks are too small for threads to share an op: they wait for each other longer than they work. Each core gets ops
  // of its own instead (docs/decisions/0007-how-the-engine-is-fast.md).
  process.env['TF_NUM_INTRAOP_THREADS'] ??= '1'
  // Of our own operations: as many threads as this process may use cores, which in a container may be fewer than there are.
  process.env['ENCODER_THREADS'] ??= String(availableParallelism())
  // On by itself only where a processor has AVX-512; with AVX2 alone a step takes half the time with it, too.
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1'
  // Otherwise TensorFlow takes all of a GPU's memory at once.
  process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true'
}
