import { tf } from './tfjs.ts'

/**
 * Calls `tell` at most every `interval` milliseconds between the ops of a step. Without TensorFlow a large step stands still
 * for longer than a heartbeat may fail to come; each of its ops is short.
 */
export function betweenOps(tell: () => void, interval: number): void {
  const engine = tf.engine()
  const runKernel = engine.runKernel.bind(engine)
  let told = performance.now()
  engine.runKernel = (name, inputs, attributes) => {
    const now = performance.now()
    if (now - told >= interval) {
      told = now
      tell()
    }
    return runKernel(name, inputs, attributes)
  }
}
