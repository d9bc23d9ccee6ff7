import { z } from 'zod'

export const recipeNames = ['seed', 'default'] as const
export const recipeNameSchema = z.enum(recipeNames)
export type RecipeName = z.infer<typeof recipeNameSchema>

/** How a variant is trained and how its scores are read. Saved whole with every run. */
export const recipeSchema = z.object({
  name: recipeNameSchema,
  /** Passes over the training part. */
  epochs: z.int().min(1).max(1000),
  /** Sequences a step; every cell type of a sequence is in the step with it. */
  batchSize: z.int().min(2).max(16_384),
  /** `adam` adds the weight decay to the gradient (L2); `adamw` takes it off the weights (decoupled). */
  optimizer: z.enum(['adam', 'adamw']),
  /** The constant rate, or the peak of the one-cycle schedule. */
  learningRate: z.number().positive().max(1),
  weightDecay: z.number().min(0).max(1),
  schedule: z.enum(['constant', 'oneCycle']),
  /** Share of the hidden layer that is dropped in training. */
  dropout: z.number().min(0).max(0.9),
  /** Each training sequence is read as its reverse complement with probability one half. */
  reverseComplement: z.boolean(),
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

/** The recipes as shipped. `seed` is the published project's own; see docs/decisions for each departure. */
export const recipes: Readonly<Record<RecipeName, Recipe>> = {
  seed: {
    name: 'seed',
    epochs: 20,
    batchSize: 64,
    optimizer: 'adam',
    learningRate: 1e-4,
    weightDecay: 1e-4,
    schedule: 'constant',
    dropout: 0.3,
    reverseComplement: false,
    strands: 'forward',
    ambiguousBases: 'zeros',
    adapters: 'keep',
    weights: 'last',
    patience: 0,
  },
  default: {
    name: 'default',
    epochs: 20,
    batchSize: 256,
    optimizer: 'adamw',
    learningRate: 2e-2,
    weightDecay: 1e-2,
    schedule: 'oneCycle',
    dropout: 0.3,
    reverseComplement: true,
    strands: 'both',
    ambiguousBases: 'probabilities',
    adapters: 'keep',
    weights: 'best',
    patience: 0,
  },
}
