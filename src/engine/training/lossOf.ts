import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { Recipe } from '../../shared/domain/recipe.ts'
import { tf } from '../tfjs.ts'

/** PyTorch's `GaussianNLLLoss`: no variance counts as smaller. */
export const LEAST_VARIANCE = 1e-6
/** Mean squares about the mean below this are those of a constant, as far as float32 can tell. */
const CONSTANT = 1e-10

export type LossSettings = Pick<Recipe, 'loss' | 'huberDelta'>

/** What a loss compares, each [batch, cellTypes]. */
export interface Compared {
  readonly predictions: Tensor2D
  /** Before softplus makes them positive; null but for `gaussianNll`. */
  readonly rawVariances: Tensor2D | null
  /** The target, 0 where not measured. */
  readonly activities: Tensor2D
  /** 1 where measured, else 0. */
  readonly measured: Tensor2D
}

/**
 * The recipe's loss over the measured rows of a batch; what was not measured changes neither it nor its gradient.
 *
 * - `mse`, `huber`, `gaussianNll`: the mean over the rows, as torch.nn.MSELoss, HuberLoss and GaussianNLLLoss (not `full`)
 * - `pearson`: 1 − r, with the mean of Pearson's r over the cell types in which the batch has it: those with at least two rows
 *   and neither predictions nor activities constant. A batch that has none counts as r = 0.
 */
export function lossOf({ loss, huberDelta }: LossSettings, compared: Compared): Scalar {
  const { predictions, rawVariances, activities, measured } = compared
  if (loss === 'pearson') return oneMinusPearson(compared)
  const difference = tf.mul(tf.sub(predictions, activities), measured)
  const mean = (ofRows: Tensor): Scalar => tf.div(tf.sum(ofRows), tf.sum(measured))
  if (loss === 'mse') return mean(tf.square(difference))
  if (loss === 'huber') {
    const size = tf.abs(difference)
    const linear = tf.minimum(size, huberDelta)
    return mean(tf.mul(linear, tf.sub(size, tf.mul(linear, 0.5))))
  }
  if (!rawVariances) throw new RangeError('the loss gaussianNll needs a variance beside each prediction')
  const variances = atLeast(tf.softplus(rawVariances), LEAST_VARIANCE)
  return mean(tf.mul(tf.mul(tf.add(tf.log(variances), tf.div(tf.square(difference), variances)), measured), 0.5))
}

function oneMinusPearson({ predictions, activities, measured }: Compared): Scalar {
  const counts = tf.maximum(tf.sum(measured, 0), 1)
  const centre = (values: Tensor): Tensor => tf.mul(tf.sub(values, tf.div(tf.sum(tf.mul(values, measured), 0), counts)), measured)
  const [predicted, active] = [centre(predictions), centre(activities)]
  const [ofPredicted, ofActive] = [tf.sum(tf.square(predicted), 0), tf.sum(tf.square(active), 0)]
  const defined = withoutGradient((a, b) => varies(tf.div(a, counts), tf.div(b, counts)))(ofPredicted, ofActive)
  // Where it is not defined, 0 is divided by 1, so that no gradient comes from there.
  const squares = tf.add(tf.mul(tf.mul(ofPredicted, ofActive), defined), tf.sub(1, defined))
  const r = tf.mul(tf.div(tf.sum(tf.mul(predicted, active), 0), tf.sqrt(squares)), defined)
  return tf.sub(1, tf.div(tf.sum(r), tf.maximum(tf.sum(defined), 1)))
}

/** 1 where both mean squares are those of values that vary, else 0. */
function varies(a: Tensor, b: Tensor): Tensor {
  return tf.mul(tf.cast(tf.greater(a, CONSTANT), 'float32'), tf.cast(tf.greater(b, CONSTANT), 'float32'))
}

/** The larger of the two, with the gradient of `x` everywhere, as PyTorch clamps a variance. */
function atLeast(x: Tensor, least: number): Tensor {
  return tf.customGrad((value) => ({ value: tf.maximum(value as Tensor, least), gradFunc: (dy: Tensor) => dy }))(x)
}

function withoutGradient(fn: (a: Tensor, b: Tensor) => Tensor): (a: Tensor, b: Tensor) => Tensor {
  return tf.customGrad((a, b) => ({
    value: fn(a as Tensor, b as Tensor),
    gradFunc: (dy: Tensor) => [tf.zerosLike(dy), tf.zerosLike(dy)],
  }))
}
