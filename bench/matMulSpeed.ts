/** Prints the floating-point operations a second of a plain matrix product in the engine's TensorFlow, with as many threads as asked: a process of its own, since these are set once. */
import { loaders } from '../src/engine/backends/loaders.ts'
import { tf } from '../src/engine/tfjs.ts'

const SIZE = 1536
const ROUNDS = 30

await loaders.tensorflow.load()
const [a, b] = [tf.randomNormal([SIZE, SIZE]), tf.randomNormal([SIZE, SIZE])]
let best = Number.POSITIVE_INFINITY
for (let round = 0; round < ROUNDS; round++) {
  const began = performance.now()
  const product = tf.matMul(a, b)
  product.dataSync()
  best = Math.min(best, performance.now() - began)
  product.dispose()
}
console.log((2 * SIZE ** 3 * 1000) / best)
process.exit()
