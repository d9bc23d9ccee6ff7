import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'
import { tensorFlowBackend, type OpAttribute } from '../graph/binding.ts'
import { tf } from '../tfjs.ts'
import { composedEncoder } from './composedEncoder.ts'
import { padLength } from './maxPoolPairs.ts'
import { nativeEncoder } from './nativeEncoder.ts'
import type { LayerOps, Ops } from './ops.ts'

const layers: LayerOps = {
  /**
   * The gradient of the signal is a convolution, too: with the filters turned round, over a gradient padded so that what the
   * padding would get is never computed. TensorFlow's own kernel for it takes twice as long. Bias and ReLU after a
   * convolution are the pattern that TensorFlow makes one kernel of.
   */
  conv: (x, filters, bias, padding) =>
    tf.customGrad((...given) => {
      const [signal, kernel, offset, save] = given as unknown as [Tensor4D, Tensor4D, Tensor1D, (tensors: Tensor[]) => void]
      const padded = padLength(signal, padding, padding)
      save([padded, kernel])
      return {
        value: execute('BiasAdd', [floats('T'), text('data_format', 'NHWC')], [convolve(padded, kernel), offset]),
        gradFunc: (dy: Tensor, saved: Tensor[]) => {
          const [from, by] = saved as [Tensor4D, Tensor4D]
          const [, width, , outputs] = by.shape
          const margin = width - 1 - padding
          const turned = tf.transpose(tf.reverse(by, 1), [0, 1, 3, 2])
          return [
            convolve(padLength(dy as Tensor4D, margin, margin), turned),
            execute('Conv2DBackpropFilter', convolution(), [from, tf.tensor1d(by.shape, 'int32'), dy]),
            tf.sum(tf.reshape(dy, [dy.size / outputs, outputs]), 0),
          ]
        },
      }
    })(x, filters, bias) as Tensor4D,

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

/**
 * The operations as TensorFlow's own fused kernels, forwards and backwards (tensorflow.org/api_docs/python/tf/raw_ops).
 * tfjs-node would take batch normalisation apart into a dozen ops, and ReLU's gradient into three.
 */
export const tensorflowOps: Ops = { ...layers, ...composedEncoder(layers) }

/** The same, with the encoder as operations of our own: for a processor that `nativeLanes` finds fit. */
export const nativeOps: Ops = { ...layers, ...nativeEncoder }

function convolve(x: Tensor4D, filters: Tensor4D): Tensor4D {
  return execute('Conv2D', convolution(), [x, filters]) as Tensor4D
}

/** Of a convolution without padding, which would make TensorFlow's filter gradient five times slower. */
const convolution = (): OpAttribute[] => [
  floats('T'),
  { name: 'strides', type: tensorFlowBackend().binding.TF_ATTR_INT, value: [1, 1, 1, 1] },
  text('padding', 'VALID'),
  text('data_format', 'NHWC'),
]

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
