import type { Tensor } from '@tensorflow/tfjs-core'
import { tf } from '../tfjs.ts'
import type { CompiledFunction, TensorFunction } from './backend.ts'

/** For engines without graphs: op by op, with everything but the results freed. */
export function compileEagerly(fn: TensorFunction): CompiledFunction {
  return { run: (...inputs) => tf.tidy<Tensor[]>(() => fn(...inputs).map((output) => tf.clone(output))), dispose: () => {} }
}
