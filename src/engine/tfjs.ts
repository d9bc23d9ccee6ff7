import { createRequire } from 'node:module'

/**
 * TensorFlow.js, loaded as CommonJS on every road. Its backends are CommonJS and register themselves with the copy of
 * tfjs-core that they `require`; an ES import could give a second copy that knows no backend.
 */
export const requireModule = createRequire(import.meta.url)

/** The whole package, of which only the core is used: the core's own CommonJS build brings no gradients. */
export const tf = requireModule('@tensorflow/tfjs') as typeof import('@tensorflow/tfjs-core')

// Silences the advice that tfjs prints for people who write tfjs programs.
tf.enableProdMode()
