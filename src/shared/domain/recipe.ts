import { z } from 'zod'

export const recipeNames = ['seed', 'default'] as const
export const recipeNameSchema = z.enum(recipeNames)
export type RecipeName = z.infer<typeof recipeNameSchema>

/** The optimisers that the field's papers name; each is held to PyTorch's numbers, or to its paper's (docs/recipes.md). */
export const optimizers = ['sgd', 'adagrad', 'adadelta', 'rmsprop', 'adam', 'adamw', 'nadam', 'radam', 'lamb'] as const
export const optimizerSchema = z.enum(optimizers)
export type Optimizer = z.infer<typeof optimizerSchema>

/** What training makes small. `gaussianNll` predicts a variance beside each mean; `pearson` is 1 − Pearson r, a cell type at a time. */
export const losses = ['mse', 'huber', 'gaussianNll', 'pearson'] as const
export const lossSchema = z.enum(losses)
export type Loss = z.infer<typeof lossSchema>

/**
 * What a model learns to predict: log2(RNA/DNA), or the element specificity score: the activity as a z-score of its cell
 * type over the training part, minus the element's mean over cell types (science.md).
 */
export const targets = ['log2', 'specificity'] as const
export const targetSchema = z.enum(targets)
export type Target = z.infer<typeof targetSchema>

/** How a variant is trained and how its scores are read. Saved whole with every run. */
export const recipeSchema = z.object({
  name: recipeNameSchema,
  /** Passes over the training part. */
  epochs: z.int().min(1).max(1000),
  /** Sequences a step; every cell type of a sequence is in the step with it. */
  batchSize: z.int().min(2).max(16_384),
  /** Weight decay is added to the gradient (L2), except in `adamw` and `lamb`, which take it off the weights (decoupled). */
  optimizer: optimizerSchema,
  /** Of `sgd` and `rmsprop`: the share of the last step that goes on. */
  momentum: z.number().min(0).max(0.999).default(0.9),
  loss: lossSchema.default('mse'),
  /** Of `huber`: errors beyond it, in units of the target, count linearly. */
  huberDelta: z.number().positive().max(100).default(1),
  target: targetSchema.default('log2'),
  /** The constant rate, or the peak of the one-cycle schedule. */
  learningRate: z.number().positive().max(1),
  weightDecay: z.number().min(0).max(1),
  schedule: z.enum(['constant', 'oneCycle']),
  /** Share of the hidden layer that is dropped in training. */
  dropout: z.number().min(0).max(0.9),
  /** Each training sequence is read as its reverse complement with probability one half. */
  reverseComplement: z.boolean(),
  /** Each training sequence is moved by up to so many bases either way; what comes in is read as padding. 0 moves none. */
  shift: z.int().min(0).max(1000).default(0),
  /** Strands read when scoring; `both` averages them. */
  strands: z.enum(['forward', 'both']),
  /** How letters other than A, C, G, T are read: as zeros, or as the probabilities of the bases they stand for. */
  ambiguousBases: z.enum(['zeros', 'probabilities']),
  /** Adapters shared by all records are kept in the sequence, or cut off before training and scoring. */
  adapters: z.enum(['keep', 'cut']),
  /** Which epoch's weights are the run's result: the last, or the one with the best validation Pearson. */
  weights: z.enum(['last', 'best']),
  /** Epochs without a better validation Pearson after which training ends; 0 never ends early. */
  patience: z.int().min(0).max(1000),
})
export type Recipe = z.infer<typeof recipeSchema>

/**
 * The recipes as shipped. `seed` is the published project's own; see docs/decisions for each departure. `default` is what gave the
 * best validation Pearson on ENCODE's lentiMPRA (docs/recipes.md has the table).
 */
export const recipes: Readonly<Record<RecipeName, Recipe>> = {
  seed: {
    name: 'seed',
    epochs: 20,
    batchSize: 64,
    optimizer: 'adam',
    momentum: 0.9,
    loss: 'mse',
    huberDelta: 1,
    target: 'log2',
    learningRate: 1e-4,
    weightDecay: 1e-4,
    schedule: 'constant',
    dropout: 0.3,
    reverseComplement: false,
    shift: 0,
    strands: 'forward',
    ambiguousBases: 'zeros',
    adapters: 'keep',
    weights: 'last',
    patience: 0,
  },
  default: {
    name: 'default',
    epochs: 20,
    batchSize: 128,
    optimizer: 'adamw',
    momentum: 0.9,
    loss: 'mse',
    huberDelta: 1,
    target: 'log2',
    learningRate: 2e-2,
    weightDecay: 1e-2,
    schedule: 'oneCycle',
    dropout: 0.1,
    reverseComplement: true,
    shift: 20,
    strands: 'both',
    ambiguousBases: 'probabilities',
    adapters: 'keep',
    weights: 'best',
    patience: 0,
  },
}
