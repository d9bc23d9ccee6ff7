import { z } from 'zod'

/** The parts of a split, in the order of their codes in a stored assignment. */
export const parts = ['train', 'validation', 'test'] as const
export const partSchema = z.enum(parts)
export type Part = z.infer<typeof partSchema>

/** `group` keeps equal, reverse-complement and overlapping sequences together; `name` is the seed recipe's, which leaks. */
export const splitKinds = ['group', 'name', 'chromosome'] as const
export const splitKindSchema = z.enum(splitKinds)
export type SplitKind = z.infer<typeof splitKindSchema>

/** Sequences of the test or validation part that the training part has seen, by how they are related. */
export const leakageSchema = z.object({
  exact: z.int().min(0),
  reverseComplement: z.int().min(0),
  overlap: z.int().min(0),
})
export type Leakage = z.infer<typeof leakageSchema>

export const splitSchema = z.object({
  id: z.int(),
  dataset: z.int(),
  kind: splitKindSchema,
  seed: z.int(),
  /** Elements in each part. */
  sizes: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
  groups: z.int(),
  leakage: leakageSchema,
})
export type Split = z.infer<typeof splitSchema>
