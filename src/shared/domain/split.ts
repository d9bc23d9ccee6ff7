import { z } from 'zod'

/** The parts of a split, in the order of their codes in a stored assignment. */
export const parts = ['train', 'validation', 'test'] as const
export const partSchema = z.enum(parts)
export type Part = z.infer<typeof partSchema>

/**
 * `group` keeps equal, reverse-complement and overlapping sequences together, and `kfold` is a rota of such splits;
 * `chromosome` keeps chromosomes together, `column` goes by the labels of a column of the file, and `name` is the seed recipe's,
 * which leaks.
 */
export const splitKinds = ['group', 'kfold', 'chromosome', 'column', 'name'] as const
export const splitKindSchema = z.enum(splitKinds)
export type SplitKind = z.infer<typeof splitKindSchema>

/** What of all elements each part is to have; together 1. */
export const sharesSchema = z
  .object({ train: z.number().min(0.01), validation: z.number().min(0.01), test: z.number().min(0.01) })
  .refine(({ train, validation, test }) => Math.abs(train + validation + test - 1) < 1e-6, {
    message: 'The shares of the three parts make 100 % together.',
  })
export type Shares = z.infer<typeof sharesSchema>
export const defaultShares: Shares = { train: 0.7, validation: 0.15, test: 0.15 }
const shares = sharesSchema.default(defaultShares)

const labels = z.array(z.string()).max(10_000).default([])
const seed = z.int().min(0).max(2_147_483_647)

/** How a split is made: its kind with all that decides which element goes where. The same settings make the same split. */
export const splitSettingsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('group'), seed, shares }),
  /** Groups are dealt to `folds` folds; the one numbered `fold`, from 1, is the test part, and the one after it the validation part. */
  z
    .object({ kind: z.literal('kfold'), seed, folds: z.int().min(3).max(20).default(5), fold: z.int().min(1).default(1) })
    .refine(({ folds, fold }) => fold <= folds, { message: 'There is no such fold.', path: ['fold'] }),
  /** Chromosomes that are named go where they are named, all others to training; where a part has none named, it gets some by its share. */
  z.object({ kind: z.literal('chromosome'), seed, shares, validation: labels, test: labels }),
  /**
   * Elements with these labels in a column of the file; all others are for training. Without labels for validation a share of
   * the training groups is taken.
   */
  z.object({ kind: z.literal('column'), seed, column: z.string().min(1), validation: labels, test: labels, shares }),
  z.object({ kind: z.literal('name'), seed, shares }),
])
export type SplitSettings = z.infer<typeof splitSettingsSchema>

/** A stored split by its number, or one by its settings, which is made where there is none. */
export const splitChoiceSchema = z.union([z.int(), splitSettingsSchema])
export type SplitChoice = z.infer<typeof splitChoiceSchema>

/** How a sequence is related to another, the closest first. */
export const relations = ['exact', 'reverseComplement', 'overlap'] as const
export const relationSchema = z.enum(relations)
export type Relation = z.infer<typeof relationSchema>

/** Sequences of the test or validation part that the training part has seen, by how they are related, each once. */
export const leakageSchema = z.object({
  exact: z.int().min(0),
  reverseComplement: z.int().min(0),
  overlap: z.int().min(0),
})
export type Leakage = z.infer<typeof leakageSchema>

/** Elements of `part` that are related to elements of the part `seenIn`, each once under its closest relation. */
export const leakagePairSchema = leakageSchema.extend({
  part: partSchema,
  seenIn: partSchema,
  /** The first few: an element of `part` and one that it is related to. */
  examples: z.array(z.object({ name: z.string(), other: z.string(), relation: relationSchema })),
})
export type LeakagePair = z.infer<typeof leakagePairSchema>

export const splitNameSchema = z.string().trim().min(1).max(200)

export const splitSchema = z.object({
  id: z.int(),
  dataset: z.int(),
  /** Unique among the dataset's. */
  name: z.string(),
  kind: splitKindSchema,
  seed: z.int(),
  settings: splitSettingsSchema,
  createdAt: z.iso.datetime(),
  /** Elements in each part. */
  sizes: z.object({ train: z.int(), validation: z.int(), test: z.int() }),
  /** Groups, chromosomes, labels or names that were dealt out. */
  groups: z.int(),
  leakage: leakageSchema,
  /** The audit of each pair of parts: validation and training, test and training, test and validation. */
  audit: z.array(leakagePairSchema),
  /** Experiments that use it. One that is used can no longer be renamed or removed. */
  experiments: z.int(),
})
export type Split = z.infer<typeof splitSchema>

/** By what a dataset can be split. */
export const splitOptionsSchema = z.object({
  groups: z.int(),
  /** Chromosomes with the elements on each, in their usual order; empty where too few elements say where they lie. */
  chromosomes: z.array(z.object({ label: z.string(), elements: z.int() })),
  /** Elements that say on which chromosome they lie. */
  located: z.int(),
  /** Columns of the file that were kept as labels. */
  columns: z.array(z.object({ name: z.string(), labels: z.array(z.object({ label: z.string(), elements: z.int() })) })),
})
export type SplitOptions = z.infer<typeof splitOptionsSchema>

/** What a split is called that nobody has named: `By group, seed 1`, `Fold 2 of 5, seed 1`. */
export function splitName(settings: SplitSettings): string {
  return `${whatDecides(settings)}, seed ${settings.seed}`
}

function whatDecides(settings: SplitSettings): string {
  switch (settings.kind) {
    case 'group':
      return `By group${unlessUsual(settings.shares)}`
    case 'kfold':
      return `Fold ${settings.fold} of ${settings.folds}`
    case 'chromosome':
      return `By chromosome${testLabels(settings)}`
    case 'column':
      return `By ${settings.column.slice(0, 60)}${testLabels(settings)}`
    case 'name':
      return `By name${unlessUsual(settings.shares)}`
  }
}

function unlessUsual(given: Shares): string {
  const percent = (of: Shares) => parts.map((part) => String(Math.round(of[part] * 1000) / 10)).join('/')
  return percent(given) === percent(defaultShares) ? '' : ` ${percent(given)}`
}

function testLabels({ test, shares: given }: { readonly test: readonly string[]; readonly shares: Shares }): string {
  if (test.length === 0) return unlessUsual(given)
  return `, test on ${test
    .slice(0, 3)
    .map((label) => label.slice(0, 30))
    .join(' and ')}${test.length > 3 ? ' …' : ''}`
}

/** All folds of a k-fold split, in their order. */
export function allFolds(folds: number, seed: number): SplitSettings[] {
  return Array.from({ length: folds }, (_, i) => ({ kind: 'kfold', seed, folds, fold: i + 1 }))
}

/** One text for all ways to write the same settings. */
export function settingsKey(settings: SplitSettings): string {
  const sorted = (list: readonly string[]) => [...new Set(list)].sort()
  const plain =
    settings.kind === 'chromosome' || settings.kind === 'column'
      ? { ...settings, validation: sorted(settings.validation), test: sorted(settings.test) }
      : settings
  return JSON.stringify(plain, Object.keys(plain).sort().concat('train', 'validation', 'test'))
}
