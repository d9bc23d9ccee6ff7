import { loaders } from '../../../../src/engine/backends/loaders.ts'
import type { Backend, BackendLoader } from '../../../../src/engine/backends/backend.ts'
import type { Loaders } from '../../../../src/engine/backends/chooseBackend.ts'
import type { Ops } from '../../../../src/engine/ops/ops.ts'
import { tf } from '../../../../src/engine/tfjs.ts'

/** What TensorFlow throws where a device has too little memory. */
export const OOM_TEXT =
  'OOM when allocating tensor with shape[16,1,60,8] and type float on /job:localhost/replica:0/task:0/device:GPU:0 by allocator GPU_0_bfc'
/** What it throws for everything after a GPU has gone. */
export const LOST_TEXT = 'INTERNAL: Failed to synchronize GPU: CUDA_ERROR_ILLEGAL_ADDRESS: an illegal memory access was encountered'

/** Inputs of a training step; scoring has fewer. */
const INPUTS_OF_A_STEP = 9
const CODES = 6
/** Steps of the proving batch, which come first and never fail. */
export const PROVING = 2

/**
 * TensorFlow, but a training step fails as on a faulty device.
 *
 * @param fails the message that a step throws, by the sequences of its batch and how many steps there were before it, those of the proof among them
 */
export function faultyTensorFlow(fails: (batch: number, before: number) => string | undefined): Loaders {
  let steps = 0
  const faulty = (backend: Backend): Backend => ({
    ...backend,
    compile: (fn, examples) => {
      const compiled = backend.compile(fn, examples)
      if (examples.length < INPUTS_OF_A_STEP) return compiled
      return {
        ...compiled,
        run: (...inputs) => {
          const before = steps++
          const text = before < PROVING ? undefined : fails(inputs[CODES]!.shape[0], before)
          if (text) throw new Error(text)
          return compiled.run(...inputs)
        },
      }
    },
  })
  return { ...loaders, tensorflow: { name: 'tensorflow', load: async () => faulty(await loaders.tensorflow.load()) } }
}

/** TensorFlow whose native encoder loses a sequence of the second block that it computes. */
export const lossyTensorFlow: BackendLoader = {
  name: 'tensorflow',
  load: async () => {
    const backend = await loaders.tensorflow.load()
    const { withoutNative = backend } = backend
    const encode: Ops['encode'] = (encoder, input) => {
      const { features, statistics } = backend.ops.encode(encoder, input)
      const kept = Array.from({ length: input.codes.shape[0] }, (_, i) => [i === 17 ? 0 : 1])
      return { features: tf.mul(features, tf.tensor2d(kept)), statistics }
    }
    return { ...backend, ops: { ...backend.ops, encode }, withoutNative }
  },
}
