import { WorkbenchError } from '../../shared/domain/errors.ts'
import { portableOps } from '../ops/portableOps.ts'
import { requireModule, tf } from '../tfjs.ts'
import type { BackendLoader } from './backend.ts'
import { compileEagerly } from './compileEagerly.ts'
import { readSynchronously } from './readSynchronously.ts'

/** Plain JavaScript: runs anywhere, far too slow for more than a test. */
export const cpu: BackendLoader = {
  name: 'cpu',
  load: async () => {
    requireModule('@tensorflow/tfjs-backend-cpu')
    if (!(await tf.setBackend('cpu'))) throw new WorkbenchError('unavailable', 'Plain JavaScript could not be started as an engine.')
    return {
      name: 'cpu',
      device: 'CPU (plain JavaScript)',
      onGpu: false,
      versions: { tfjs: tf.version_core },
      ops: portableOps,
      scoringBatch: 8,
      largestBatch: 512,
      scoringParts: 1,
      compile: compileEagerly,
      read: readSynchronously,
    }
  },
}
