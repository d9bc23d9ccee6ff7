import type { ComparableSet } from '../../shared/domain/comparison.ts'
import type { Ensemble } from '../../shared/domain/ensemble.ts'
import type { Target } from '../../shared/domain/recipe.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { SplitSettings } from '../../shared/domain/split.ts'
import { countOf } from '../../shared/text/numbers.ts'
import { joinWords } from '../../shared/text/splits.ts'
import { recipeKey } from './recipeKey.ts'
import { keyOf, type TestedSplit } from './testedSplits.ts'

/** Fewer shared elements are no ground for a comparison. */
const FEWEST_SHARED = 30

/** What predicts every element of a set once: a run, the folds of a k-fold split together, or an ensemble. */
export interface Contestant {
  /** One, but for folds; none for an ensemble. */
  readonly runs: readonly Run[]
  readonly ensemble: Ensemble | null
  /** The runs whose predictions it has: its own, or those that the ensemble is made of. */
  readonly trained: readonly Run[]
  /** Elements that it predicts unseen, in the dataset's order. */
  readonly tested: Int32Array
  /** The split or the folds, the same for those that were trained on the same elements; and in words. */
  readonly source: string
  readonly sourceName: string
}

/** A set with those that stand in it. */
export interface ContestedSet extends ComparableSet {
  readonly positions: Int32Array
  readonly contestants: readonly Contestant[]
}

/**
 * All sets of runs and ensembles that can stand side by side, like with like: the very same test elements, all folds of a
 * split, and, where there are several of these, the elements that they share.
 *
 * Runs with a specificity for target are alike only where their training parts are too, whose statistics are its unit; so
 * they share no elements across splits.
 *
 * @param runs completed, of one dataset, with predictions; @param ensembles with the elements that all of their members are tested on
 */
export function comparableSets(
  runs: readonly Run[],
  ensembles: readonly { readonly ensemble: Ensemble; readonly members: readonly Run[]; readonly tested: Int32Array }[],
  splitOf: (split: number) => TestedSplit,
): ContestedSet[] {
  const single = runs.map((run): Contestant & { readonly target: Target; readonly testKey: string } => {
    const { split, test, testKey } = splitOf(run.split)
    return {
      runs: [run],
      ensemble: null,
      trained: [run],
      tested: test,
      testKey,
      source: `split ${run.split}`,
      sourceName: split.name,
      target: run.recipe.target,
    }
  })
  const averaged = ensembles.map(({ ensemble, members, tested }) => ({
    ...{ runs: [], ensemble, trained: members, tested, target: ensemble.target, source: `ensemble ${ensemble.id}` },
    sourceName: joinWords([...new Set(members.map(({ splitName }) => splitName))]),
    testKey: keyOf(tested),
  }))
  const unitOf = ({ trained, target }: Pick<Contestant, 'trained'> & { readonly target: Target }) =>
    target === 'log2' ? '' : `-${splitOf(trained[0]!.split).trainKey}`
  const sets = [...grouped([...single, ...averaged], (one) => `test-${one.target}-${one.testKey}${unitOf(one)}`)].map(
    ([key, contestants]): ContestedSet => ({
      key,
      kind: 'test',
      label: joinWords([...new Set(contestants.map(({ sourceName }) => sourceName))]),
      ...described(contestants, contestants[0]!.target, contestants[0]!.tested),
    }),
  )
  const folds = foldSets(runs, splitOf)
  const shared = (['log2'] as const).flatMap((target) => {
    // A fold by itself shares nothing with the others of its split; all of them together do.
    const isFold = ({ contestants }: ContestedSet) => contestants.some((one) => one.runs[0]?.splitKind === 'kfold')
    return sharedSet([...sets.filter((set) => set.target === target && !isFold(set)), ...folds.filter((set) => set.target === target)])
  })
  return [...sets, ...folds, ...shared]
}

/** Runs whose splits are the folds of one, pooled: a contestant for each variant, recipe and seed that has them all. */
function foldSets(runs: readonly Run[], splitOf: (split: number) => TestedSplit): ContestedSet[] {
  const ofFolds = runs.flatMap((run) => {
    const { settings } = splitOf(run.split).split
    return settings.kind === 'kfold' ? [{ run, settings }] : []
  })
  return [...grouped(ofFolds, ({ run, settings }) => foldsKey(settings, run.recipe.target))].flatMap(([key, members]): ContestedSet[] => {
    const { folds, seed } = members[0]!.settings
    const sourceName = `all ${folds} folds, seed ${seed}`
    const contestants = [...grouped(members, ({ run }) => `${run.variant} ${recipeKey(run.recipe)} ${run.seed}`).values()].flatMap(
      (same): Contestant[] => {
        // The first of runs that repeat each other; the folds in their order.
        const byFold = new Map(same.toSorted((a, b) => b.run.id - a.run.id).map(({ run, settings }) => [settings.fold, run]))
        if (byFold.size < folds) return []
        const pooled = [...byFold].sort(([a], [b]) => a - b).map(([, run]) => run)
        const tested = Int32Array.from(pooled.flatMap((run) => [...splitOf(run.split).test])).sort()
        return [{ runs: pooled, ensemble: null, trained: pooled, tested, source: key, sourceName }]
      },
    )
    if (contestants.length === 0) return []
    const { target } = members[0]!.run.recipe
    return [
      {
        key,
        kind: 'folds',
        label: `${sourceName[0]!.toUpperCase()}${sourceName.slice(1)}`,
        ...described(contestants, target, contestants[0]!.tested),
      },
    ]
  })
}

function foldsKey({ folds, seed }: SplitSettings & { kind: 'kfold' }, target: Target): string {
  return `folds-${target}-${folds}-${seed}`
}

/** The elements that all of several sets are tested on, where they are enough. */
function sharedSet(sets: readonly ContestedSet[]): ContestedSet[] {
  const [first, ...others] = sets
  if (!first || others.length === 0) return []
  const inOthers = others.map(({ positions }) => new Set(positions))
  const positions = first.positions.filter((element) => inOthers.every((tested) => tested.has(element)))
  if (positions.length < FEWEST_SHARED) return []
  const label =
    sets.length > 3 ? `Shared by ${countOf(sets.length, 'test part')}` : `Shared by ${joinWords(sets.map((set) => `“${set.label}”`))}`
  const contestants = sets.flatMap((set) => set.contestants)
  return [{ key: `shared-${first.target}-${keyOf(positions)}`, kind: 'shared', label, ...described(contestants, first.target, positions) }]
}

function described(contestants: readonly Contestant[], target: Target, positions: Int32Array) {
  return {
    target,
    runs: contestants.flatMap(({ runs }) => runs.map(({ id }) => id)),
    elements: positions.length,
    positions,
    contestants,
  }
}

function grouped<T>(items: readonly T[], keyOfItem: (item: T) => string): Map<string, T[]> {
  return Map.groupBy(items, keyOfItem)
}
