import {
  allFolds,
  defaultShares,
  parts,
  type Part,
  type Split,
  type SplitChoice,
  type SplitKind,
  type SplitSettings,
} from '../../shared/domain/split.ts'
import { parseSeeds } from './parseSeeds.ts'

/** A split as it is being put together: what was chosen, and what was typed as it was typed. */
export interface SplitDraft {
  /** A split that its dataset has already; null for one by what follows. */
  stored: Pick<Split, 'id' | 'dataset'> | null
  kind: SplitKind
  seed: string
  /** Percent. */
  shares: Readonly<Record<Part, string>>
  folds: string
  /** Counted from 1; null for all of them. */
  fold: number | null
  column: string | null
  /** Where chromosomes, or the labels of the column, go; those not here are for training. */
  labels: Readonly<Record<string, 'validation' | 'test'>>
}

export function freshSplit(): SplitDraft {
  return {
    stored: null,
    kind: 'group',
    seed: '1',
    shares: {
      train: percentText(defaultShares.train),
      validation: percentText(defaultShares.validation),
      test: percentText(defaultShares.test),
    },
    folds: '5',
    fold: null,
    column: null,
    labels: {},
  }
}

/** The splits that a draft stands for, an experiment each, or what is still missing, in one sentence. */
export type SplitPlan = { readonly splits: readonly SplitChoice[] } | { readonly problem: string }

/** @param dataset that is to be split: a stored split of another means nothing to it */
export function splitPlan(draft: SplitDraft, dataset: number): SplitPlan {
  return draft.stored?.dataset === dataset ? { splits: [draft.stored.id] } : plannedSettings(draft)
}

/** A draft that stands for a stored split, and for one like it where another is wanted. */
export function draftOfSplit({ id, dataset, settings }: Split): SplitDraft {
  const fresh = { ...freshSplit(), stored: { id, dataset }, kind: settings.kind, seed: String(settings.seed) }
  if (settings.kind === 'kfold') return { ...fresh, folds: String(settings.folds), fold: settings.fold }
  const { train, validation, test } = settings.shares
  const shares = { train: percentText(train), validation: percentText(validation), test: percentText(test) }
  if (settings.kind === 'group' || settings.kind === 'name') return { ...fresh, shares }
  const labels = Object.fromEntries([
    ...settings.validation.map((label) => [label, 'validation'] as const),
    ...settings.test.map((label) => [label, 'test'] as const),
  ])
  return { ...fresh, shares, labels, column: settings.kind === 'column' ? settings.column : null }
}

/** As {@link splitPlan}, of splits that are to be made. */
export function plannedSettings(draft: SplitDraft): { readonly splits: readonly SplitSettings[] } | { readonly problem: string } {
  const parsed = parseSeeds(draft.seed)
  if ('problem' in parsed || parsed.seeds.length !== 1) return { problem: 'The split needs one whole number as its seed.' }
  const seed = parsed.seeds[0]!
  if (draft.kind === 'kfold') {
    const folds = foldsOf(draft)
    if (folds === null) return { problem: 'The split needs from 3 to 20 folds.' }
    const all = allFolds(folds, seed)
    return { splits: draft.fold === null ? all : all.filter((_, i) => i + 1 === draft.fold) }
  }
  const [train, validation, test] = parts.map((part) => percentOf(draft.shares[part])) as [number, number, number]
  if (![train, validation, test].every((share) => share >= 1)) return { problem: 'Each part of the split needs a share of at least 1 %.' }
  if (Math.abs(train + validation + test - 100) > 1e-6)
    return { problem: `The shares of the split make ${round(train + validation + test)} % together, not 100 %.` }
  const shares = { train: train / 100, validation: validation / 100, test: test / 100 }
  if (draft.kind === 'group' || draft.kind === 'name') return { splits: [{ kind: draft.kind, seed, shares }] }
  const labels = { validation: labelsOf(draft, 'validation'), test: labelsOf(draft, 'test') }
  if (draft.kind === 'chromosome') return { splits: [{ kind: 'chromosome', seed, shares, ...labels }] }
  if (draft.column === null) return { problem: 'Choose the column to split by.' }
  if (!labels.test.length) return { problem: `Say which labels of ${draft.column} are for the test.` }
  return { splits: [{ kind: 'column', seed, column: draft.column, shares, ...labels }] }
}

/** How many folds; null where that is not said rightly. */
export function foldsOf({ folds }: Pick<SplitDraft, 'folds'>): number | null {
  const value = Number(folds)
  return /^\d+$/.test(folds.trim()) && value >= 3 && value <= 20 ? value : null
}

function labelsOf({ labels }: SplitDraft, part: 'validation' | 'test'): string[] {
  return Object.keys(labels).filter((label) => labels[label] === part)
}

function percentOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.'))
}

function percentText(share: number): string {
  return String(round(share * 100))
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
