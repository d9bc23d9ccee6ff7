import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import { portableOps } from '../ops/portableOps.ts'
import { requireModule, tf } from '../tfjs.ts'
import type { BackendLoader } from './backend.ts'
import { compileEagerly } from './compileEagerly.ts'
import { readSynchronously } from './readSynchronously.ts'

/** WebAssembly with SIMD: nothing to install, much slower than TensorFlow, the same numbers. */
export const wasm: BackendLoader = {
  name: 'wasm',
  load: async () => {
    try {
      requireModule('@tensorflow/tfjs-backend-wasm')
      if (!(await tf.setBackend('wasm'))) throw new Error('tfjs could not start it')
    } catch (fault) {
      throw new WorkbenchError(
        'unavailable',
        'WebAssembly could not be started on this computer.',
        { hint: `The system says: ${messageOf(fault)}.` },
        { cause: fault },
      )
    }
    return {
      name: 'wasm',
      device: 'CPU (WebAssembly)',
      onGpu: false,
      versions: { tfjs: tf.version_core },
      ops: portableOps,
      scoringBatch: 64,
      largestBatch: 2048,
      scoringParts: 1,
      compile: compileEagerly,
      read: readSynchronously,
    }
  },
}
