import type { Tensor } from '@tensorflow/tfjs-core'

/** For engines whose numbers are at hand when a call returns. The values are a copy, the caller's own. */
export async function readSynchronously(tensor: Tensor): Promise<Float32Array> {
  return tensor.dataSync<'float32'>().slice()
}
