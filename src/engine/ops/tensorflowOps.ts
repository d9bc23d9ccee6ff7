import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import { tensorFlowBackend, type OpAttribute } from '../graph/binding.ts'
import { tf } from '../tfjs.ts'
import type { Ops } from './ops.ts'

/**
 * The operations as TensorFlow's own fused kernels, forwards and backwards (tensorflow.org/api_docs/python/tf/raw_ops).
 * tfjs-node would take batch normalisation apart into a dozen ops, and ReLU's gradient into three.
 */
export const tensorflowOps: Ops = {
  conv: (x, filters) => tf.conv2d(x, filters, 1, 'valid'),

  relu: <T extends Tensor>(x: T): T =>
    tf.customGrad((input, save) => {
      const y = execute('Relu', [floats('T')], [input as Tensor])
      ;(save as (tensors: Tensor[]) => void)([y])
      return { value: y, gradFunc: (dy: Tensor, saved: Tensor[]) => execute('ReluGrad', [floats('T')], [dy, saved[0]!]) }
    })(x) as T,

  batchNorm: (x, scale, offset, epsilon) => {
    const attributes = [floats('T'), floats('U'), float('epsilon', epsilon), text('data_format', 'NHWC'), bool('is_training', true)]
    const none = tf.tensor1d([])
    const results = tensorFlowBackend().executeMultipleOutputs(
      'FusedBatchNormV3',
      [...attributes, float('exponential_avg_factor', 1)],
      [x, scale, offset, none, none],
      6,
    )
    const [y, mean, variance, ...reserved] = results as [Tensor4D, Tensor1D, Tensor1D, ...Tensor[]]
    const differentiable = tf.customGrad((...inputs) => {
      const [input, gamma, , save] = inputs as unknown as [Tensor4D, Tensor1D, Tensor1D, (tensors: Tensor[]) => void]
      save([input, gamma, ...reserved])
      return {
        value: y,
        gradFunc: (dy: Tensor, saved: Tensor[]) =>
          tensorFlowBackend()
            .executeMultipleOutputs('FusedBatchNormGradV3', attributes, [dy, ...saved], 5)
            .slice(0, 3),
      }
    })
    return { y: differentiable(x, scale, offset), mean: tf.keep(mean), variance: tf.keep(variance) }
  },

  uniform: (shape, seeds) =>
    execute('StatelessRandomUniform', [integers('T'), floats('dtype'), integers('Tseed')], [tf.tensor1d([...shape], 'int32'), seeds]),
}

function execute(op: string, attributes: readonly OpAttribute[], inputs: readonly Tensor[]): Tensor {
  return tensorFlowBackend().executeSingleOutput(op, attributes, inputs)
}

const floats = (name: string): OpAttribute => ({
  name,
  type: tensorFlowBackend().binding.TF_ATTR_TYPE,
  value: tensorFlowBackend().binding.TF_FLOAT,
})
const integers = (name: string): OpAttribute => ({
  name,
  type: tensorFlowBackend().binding.TF_ATTR_TYPE,
  value: tensorFlowBackend().binding.TF_INT32,
})
const float = (name: string, value: number): OpAttribute => ({ name, type: tensorFlowBackend().binding.TF_ATTR_FLOAT, value })
const bool = (name: string, value: boolean): OpAttribute => ({ name, type: tensorFlowBackend().binding.TF_ATTR_BOOL, value })
const text = (name: string, value: string): OpAttribute => ({ name, type: tensorFlowBackend().binding.TF_ATTR_STRING, value })
