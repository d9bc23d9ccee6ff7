import { z } from 'zod'

/** One word or a few to find datasets by. Upper and lower case differ, as the person writes them. */
export const tagSchema = z.string().trim().min(1).max(60)

/** What a person says of a dataset; what is left out stays as it is. */
export const annotationSchema = z.object({
  notes: z.string().max(20_000).optional(),
  tags: z
    .array(tagSchema)
    .max(50)
    .transform((tags) => [...new Set(tags)])
    .optional(),
  starred: z.boolean().optional(),
})
export type Annotation = z.infer<typeof annotationSchema>

/** A dataset whose row in the database cannot be read, and why. It can be put into the bin and purged, and nothing else. */
export const damagedDatasetSchema = z.object({ id: z.int(), name: z.string(), reason: z.string(), binned: z.boolean() })
export type DamagedDataset = z.infer<typeof damagedDatasetSchema>

/** What hangs on a dataset, told before it is deleted for good. */
export const dependentsSchema = z.object({
  /** Runs that were trained on it, by state. While there is one, it cannot be purged: a run without its data proves nothing. */
  runs: z.array(z.object({ state: z.string(), count: z.int() })),
  splits: z.int(),
  /** Datasets that were made from it. They are whole without it. */
  derived: z.array(z.object({ id: z.int(), name: z.string() })),
  /** What deleting it makes free in the workspace's database. */
  bytes: z.number(),
})
export type Dependents = z.infer<typeof dependentsSchema>

/** A dataset that another was made from, as it was then: the name may have changed since, the fingerprint tells the content. */
export const parentSchema = z.object({ id: z.int(), name: z.string(), fingerprint: z.string() })
export type Parent = z.infer<typeof parentSchema>

/** What becomes of elements that only some of the parents hold. */
export const combinedElementsSchema = z.enum(['shared', 'all'])
/**
 * What becomes of a cell type that several parents measured: `apart` keeps each as a cell type of its own, named after its
 * dataset; `pool` makes one of them, the replicates of all side by side.
 */
export const sameCellTypeSchema = z.enum(['apart', 'pool'])

export const combinationSchema = z.object({
  parents: z.array(z.int()).min(2).max(20),
  elements: combinedElementsSchema,
  sameCellType: sameCellTypeSchema.default('apart'),
})
export type Combination = z.infer<typeof combinationSchema>

const examples = z.array(z.string())

/** What a combination would be, before it is made. */
export const combinationReviewSchema = z.object({
  parents: z.array(parentSchema.extend({ elements: z.int() })),
  /** Elements that all parents hold, that at least one holds, and that the combination would have. */
  shared: z.int(),
  all: z.int(),
  elements: z.int(),
  /** Shared elements that were found by their name and sequence, and by their sequence under another name. */
  byName: z.int(),
  bySequence: z.int(),
  /** Element × cell type with an activity, and without. */
  rows: z.int(),
  missing: z.int(),
  cellTypes: z.array(z.object({ name: z.string(), measured: z.int(), replicates: z.int() })),
  /** Cell types that several parents measured, with the parents' names. */
  sameCellTypes: z.array(z.object({ name: z.string(), parents: examples })),
  /** Names that stand for different sequences in two parents: both are kept, the later under its dataset's name too. */
  conflictingNames: z.object({ count: z.int(), first: examples }),
  /** Elements that are the reverse complement of one of another parent: kept as elements of their own, in one group. */
  reverseComplements: z.int(),
  /** Why it cannot be made like this; null where it can. */
  problem: z.object({ message: z.string(), hint: z.string() }).nullable(),
})
export type CombinationReview = z.infer<typeof combinationReviewSchema>
