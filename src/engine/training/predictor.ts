import type { Variant } from '../../shared/domain/variants.ts'
import { codePairs } from '../../shared/dna/codePairs.ts'
import { affineFit } from '../../shared/stats/affineFit.ts'
import type { Recipe } from '../../shared/domain/recipe.ts'
import { calibrated, type Calibration } from '../scoring/calibration.ts'
import type { Scorer } from '../scoring/scorer.ts'
import { tf } from '../tfjs.ts'
import { variantDefinitions } from '../variants/definitions.ts'
import { packParameters, unpackParameters } from '../variants/parameters.ts'
import { learnedParameters } from './learnedParameters.ts'
import type { PackedModel } from './packedState.ts'
import type { TrainingData } from './trainingData.ts'

/** Elements of the training part that a calibration is made from: enough for a line, few enough to score after each epoch. */
const CALIBRATING = 4096

interface Options {
  readonly variant: Variant
  readonly recipe: Pick<Recipe, 'loss'>
  readonly data: TrainingData
  readonly scorer: Scorer
  readonly betweenBatches: () => Promise<void>
}

/** Reads the models of a training in evaluation mode, with the strands that the recipe scores with. */
export class Predictor {
  readonly #options: Options

  constructor(options: Options) {
    this.#options = options
  }

  /** Predictions [elements, cellTypes] in units of the target. */
  async predict(model: PackedModel, elements: Int32Array, calibration: Calibration | null): Promise<Float32Array> {
    const outputs = await this.#score(model, elements, 'head.3')
    return calibration ? calibrated(outputs, calibration) : outputs
  }

  /** What the variances of {@link predict}'s rows are made of by softplus; null where the loss learns none. */
  async predictRawVariances(model: PackedModel, elements: Int32Array): Promise<Float32Array | null> {
    return this.#options.recipe.loss === 'gaussianNll' ? this.#score(model, elements, 'variance') : null
  }

  /**
   * The lines that put a model's outputs on the scale of its target, by least squares on the training part; null where the
   * loss has set the scale. A variant that gives one prediction for all cell types gets one line for all.
   */
  async calibrate(model: PackedModel): Promise<Calibration | null> {
    const { recipe, variant, data } = this.#options
    if (recipe.loss !== 'pearson') return null
    const every = Math.ceil(data.train.length / CALIBRATING)
    const elements = data.train.filter((_, i) => i % every === 0)
    const outputs = await this.#score(model, elements, 'head.3')
    const { cellTypes } = data
    const targets = Float32Array.from(
      { length: outputs.length },
      (_, i) => data.activitiesOf(elements[Math.floor(i / cellTypes)]!)[i % cellTypes]!,
    )
    const told = variantDefinitions[variant].toldCellType
    const lines = Array.from({ length: cellTypes }, (_, cellType) => {
      const isMeasured = (_: number, i: number) => !Number.isNaN(targets[i]) && (!told || i % cellTypes === cellType)
      return affineFit(outputs.filter(isMeasured), targets.filter(isMeasured))
    })
    return { scale: Float32Array.from(lines, ({ scale }) => scale), offset: Float32Array.from(lines, ({ offset }) => offset) }
  }

  /** The network's outputs, with that layer as its last. */
  async #score({ weights, statistics }: PackedModel, elements: Int32Array, layer: 'head.3' | 'variance'): Promise<Float32Array> {
    const { variant, recipe, data, scorer, betweenBatches } = this.#options
    const { cellTypes } = data
    const tensors = unpackParameters(learnedParameters({ variant, cellTypes, recipe }), weights)
    for (const part of ['weight', 'bias']) tensors[`head.3.${part}`] = tensors[`${layer}.${part}`]!
    const own = packParameters(variantDefinitions[variant].parameters(cellTypes), tensors)
    const state = { weights: tf.tensor1d(own), statistics: tf.tensor1d(statistics) }
    try {
      return await scorer.score(state, (row) => codePairs(data.codesOf(elements[row]!), data.length), elements.length, betweenBatches)
    } finally {
      tf.dispose([state.weights, state.statistics])
    }
  }
}
