/** Encodes a batch forwards and backwards and prints a digest of all that comes out: a process of its own, for settings that are read once. */
import { createHash } from 'node:crypto'
import type { Tensor } from '@tensorflow/tfjs-core'
import { loaders } from '../../../../src/engine/backends/loaders.ts'
import { nativeEncoder, nativeLanes } from '../../../../src/engine/ops/nativeEncoder.ts'
import { tf } from '../../../../src/engine/tfjs.ts'
import { encoderFrom, encoderInput, encoderTensors } from './encoderInputs.ts'

await loaders.tensorflow.load()
const digest = createHash('sha256')
const keep = (tensor: Tensor) => digest.update(new Uint8Array(tensor.dataSync().slice().buffer))
for (let round = 1; round <= 20 && nativeLanes() > 0; round++) {
  tf.tidy(() => {
    const input = encoderInput(75, 61, 'zeros', round)
    const learned = encoderTensors('attention', round)
    const encode = (...tensors: Tensor[]) => nativeEncoder.encode(encoderFrom(tensors), input)
    const { features, statistics } = encode(...learned)
    keep(features)
    keep(statistics)
    const slope = tf.randomNormal(features.shape, 0, 1, 'float32', round)
    for (const gradient of tf.grads((...tensors: Tensor[]) => encode(...tensors).features)(learned, slope)) keep(gradient)
  })
}
console.log(JSON.stringify({ lanes: nativeLanes(), digest: digest.digest('hex') }))
