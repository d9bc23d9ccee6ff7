import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'
import { tensorFlowBackend, type OpAttribute } from '../graph/binding.ts'
import { tf } from '../tfjs.ts'
import type { Encoder, EncoderInput, EncoderOps, PairedInput } from './ops.ts'

/**
 * The encoder as operations of our own in TensorFlow (src/engine/native): a batch's whole forward pass is one node of the
 * graph, and its backward pass another. Held to what the composition gives by test/unit/engine/ops/nativeEncoder.test.ts.
 */
export const nativeEncoder: EncoderOps = {
  encode: (encoder, { codes, table }) => {
    const learned = tensorsOf(encoder)
    const attributes = [count(learned)]
    const epsilon = [{ name: 'epsilon', type: tensorFlowBackend().binding.TF_ATTR_FLOAT, value: encoder.epsilon }]
    const run = (op: string, given: readonly OpAttribute[], inputs: readonly Tensor[], outputs: number) =>
      tensorFlowBackend().executeMultipleOutputs(op, [...attributes, ...given], inputs, outputs)
    let ofBatch: Tensor | undefined
    const differentiable = tf.customGrad((...inputs) => {
      const weights = inputs.slice(0, learned.length) as Tensor[]
      const save = inputs[learned.length] as unknown as (tensors: Tensor[]) => void
      const [features, statistics, saved] = run('EnhancerEncode', epsilon, [codes, table, ...weights], 3) as [Tensor, Tensor, Tensor]
      ofBatch = tf.keep(statistics)
      // What was made on the way is freed before the way back, unless it is saved.
      save([table, saved, ...weights])
      return {
        value: features,
        gradFunc: (slope: Tensor, [oneHot, kept, ...same]: Tensor[]) =>
          run('EnhancerEncodeGrad', [], [codes, oneHot!, slope, kept!, ...same], learned.length),
      }
    })
    return { features: differentiable(...learned) as Tensor2D, statistics: ofBatch as Tensor1D }
  },

  encodeWith: (encoder, input, statistics) => encodeWith('EnhancerEncodeWith', [], encoder, input, statistics),

  encodePairs: (encoder, input, statistics) => {
    const length = { name: 'length', type: tensorFlowBackend().binding.TF_ATTR_INT, value: input.length }
    return encodeWith('EnhancerEncodePairs', [length], encoder, input, statistics)
  },
}

function encodeWith(
  op: string,
  attributes: readonly OpAttribute[],
  encoder: Encoder,
  { codes, table }: EncoderInput | PairedInput,
  statistics: Tensor1D,
): Tensor2D {
  const learned = tensorsOf(encoder)
  const epsilon = { name: 'epsilon', type: tensorFlowBackend().binding.TF_ATTR_FLOAT, value: encoder.epsilon }
  const inputs = [codes, table, statistics, ...learned]
  return tensorFlowBackend().executeSingleOutput(op, [count(learned), epsilon, ...attributes], inputs) as Tensor2D
}

/** How many sequences the native encoder computes side by side here; 0 where the binding lacks it or the processor cannot run it. */
export function nativeLanes(): number {
  try {
    return tf.tidy(() => tensorFlowBackend().executeSingleOutput('EnhancerLanes', [], []).dataSync()[0]!)
  } catch {
    return 0
  }
}

function tensorsOf({ layers, attention }: Encoder): Tensor[] {
  const ofLayers = layers.flatMap(({ filters, bias, scale, offset }) => [filters, bias, scale, offset])
  return attention ? [...ofLayers, attention.filter, attention.bias] : ofLayers
}

function count(learned: readonly Tensor[]): OpAttribute {
  return { name: 'N', type: tensorFlowBackend().binding.TF_ATTR_INT, value: learned.length }
}
