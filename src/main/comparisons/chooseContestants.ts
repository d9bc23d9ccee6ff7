import type { Comparison, ComparisonSelection } from '../../shared/domain/comparison.ts'
import type { Ensemble } from '../../shared/domain/ensemble.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { activeRunStates, type Run } from '../../shared/domain/run.ts'
import { targetsInWords } from '../../shared/domain/settingWords.ts'
import { countTestPredictions } from '../db/comparedElements.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { readEnsemble, readSharedTest } from '../db/ensembles.ts'
import { readRun, readRuns } from '../db/runs.ts'
import { comparableSets, type Contestant, type ContestedSet } from './comparableSets.ts'
import { linesOfSet, type LinesOfSet } from './linesOfSet.ts'
import { recipeKey } from './recipeKey.ts'
import { testedSplits, type TestedSplit } from './testedSplits.ts'

export interface ChosenContestants extends Pick<LinesOfSet, 'lines'> {
  readonly sets: readonly ContestedSet[]
  /** The set on show; null where nothing can be compared. */
  readonly set: ContestedSet | null
  readonly leftOut: Comparison['leftOut']
  readonly splitOf: (split: number) => TestedSplit
}

/**
 * What of a selection can be compared, in sets of like with like, and which set is on show: the one asked for, else the one with
 * the most runs, of equal ones the one with the newest run. Shared elements are compared only where they are asked for.
 *
 * @param width cell types of the dataset
 * @throws WorkbenchError `not-found`
 */
export function chooseContestants(database: ReadableDatabase, selection: ComparisonSelection, width: number): ChosenContestants {
  const { dataset, runs: named, ensembles: namedEnsembles, set: wanted } = selection
  const leftOut: Comparison['leftOut'] = []
  const splitOf = testedSplits(database, dataset)

  const candidates = named
    ? [...new Set(named)].map((id) => readRun(database, id))
    : readRuns(database, dataset).filter(({ state, binnedAt }) => state === 'completed' && binnedAt === null)
  const counts = countTestPredictions(
    database,
    candidates.map(({ id }) => id),
  )
  const runs = candidates.filter((run) => {
    const reason = unfit(run, dataset) ?? (counts.get(run.id) === splitOf(run.split).test.length * width ? undefined : NO_PREDICTIONS)
    if (reason) leftOut.push({ run: run.id, ensemble: null, reason })
    return !reason
  })
  const ensembles = [...new Set(namedEnsembles)].flatMap((id) => {
    const ensemble = readEnsemble(database, id)
    const reason = unfitEnsemble(ensemble, dataset)
    if (reason) leftOut.push({ run: null, ensemble: id, reason })
    if (reason) return []
    const members = ensemble.runs.map((run) => readRun(database, run))
    const tested = readSharedTest(
      database,
      members.map(({ split }) => split),
    )
    return [{ ensemble, members, tested }]
  })

  const sets = comparableSets(runs, ensembles, splitOf)
  const set = wanted === undefined ? mostRuns(sets) : sets.find(({ key }) => key === wanted)
  if (wanted !== undefined && !set) {
    throw new WorkbenchError('not-found', 'These runs cannot be compared on that set of elements any more.', {
      hint: 'Choose another set.',
    })
  }
  const { lines, repeats } = linesOfSet(set?.contestants ?? [])
  for (const { contestant, of } of repeats) {
    for (const [i, run] of contestant.runs.entries()) {
      leftOut.push({ run: run.id, ensemble: null, reason: repeatOf(of.runs[i]!) })
    }
  }
  const inSet = new Set(set?.contestants.flatMap(({ runs: of }) => of.map(({ id }) => id)))
  for (const run of runs.filter(({ id }) => !inSet.has(id))) leftOut.push({ run: run.id, ensemble: null, reason: notInSet(run, set!) })
  for (const { ensemble } of ensembles.filter((one) => !set!.contestants.some((other) => other.ensemble?.id === one.ensemble.id))) {
    leftOut.push({ run: null, ensemble: ensemble.id, reason: ensembleNotInSet(ensemble, set!) })
  }
  const order = ({ run, ensemble }: Comparison['leftOut'][number]) => run ?? 1e12 + ensemble!
  return { sets, set: set ?? null, lines, leftOut: leftOut.toSorted((a, b) => order(a) - order(b)), splitOf }
}

const NO_PREDICTIONS = 'Its predictions of the test part are not in this workspace.'

function unfit(run: Run, dataset: number): string | undefined {
  if (run.dataset !== dataset) return `Trained on another dataset, ${run.datasetName}.`
  if (run.binnedAt !== null) return 'It is in the bin.'
  if (run.state === 'completed') return undefined
  return activeRunStates.includes(run.state)
    ? 'Not trained to its end yet.'
    : `Not trained to its end: it ${run.state === 'failed' ? 'failed' : `was ${run.state}`}.`
}

function unfitEnsemble({ removedAt, dataset, datasetName }: Ensemble, wanted: number): string | undefined {
  if (dataset !== wanted) return `Its runs were trained on another dataset, ${datasetName}.`
  return removedAt === null ? undefined : 'It is in the bin.'
}

function mostRuns(sets: readonly ContestedSet[]): ContestedSet | undefined {
  const newest = ({ runs, contestants }: ContestedSet) =>
    Math.max(0, ...runs, ...contestants.flatMap(({ ensemble }) => ensemble?.runs ?? []))
  return sets.filter(({ kind }) => kind !== 'shared').toSorted((a, b) => b.runs.length - a.runs.length || newest(b) - newest(a))[0]
}

function notInSet(run: Run, set: ContestedSet): string {
  const { target } = run.recipe
  if (target !== set.target) return otherTarget(target, set)
  if (set.kind === 'folds') {
    const same = set.contestants.flatMap(({ runs }) => runs).find((other) => repeats(run, other))
    if (same) return repeatOf(same)
    return run.splitKind === 'kfold' && isFoldOf(run, set)
      ? 'Not all folds of its split are trained with the same variant, recipe and seed.'
      : `Its split “${run.splitName}” is not one of the folds compared.`
  }
  if (set.kind === 'shared')
    return `Its split “${run.splitName}” is a fold, and the other folds are not trained with the same variant, recipe and seed.`
  if (target === 'specificity' && set.contestants.some(({ tested }) => tested.length === set.elements)) {
    return `Trained or tested on other elements: its split is “${run.splitName}”, that of the runs compared “${set.label}”.`
  }
  return `Tested on other elements: its split is “${run.splitName}”, that of the runs compared “${set.label}”.`
}

function repeats(run: Run, { variant, seed, split, recipe }: Run): boolean {
  return run.variant === variant && run.seed === seed && run.split === split && recipeKey(run.recipe) === recipeKey(recipe)
}

function repeatOf({ id }: Run): string {
  return `Repeats run ${id}: the same variant, recipe, split and seed.`
}

function isFoldOf(run: Run, set: ContestedSet): boolean {
  return set.contestants.some(({ runs: [other] }) => other?.splitSeed === run.splitSeed)
}

function ensembleNotInSet({ target, testElements }: Ensemble, set: ContestedSet): string {
  if (target !== set.target) return otherTarget(target, set)
  return `Tested on other elements: its runs share ${testElements} test elements, which are not those of “${set.label}”.`
}

function otherTarget(target: Contestant['runs'][number]['recipe']['target'], set: ContestedSet): string {
  return `Predicts ${targetsInWords[target]}, the runs compared ${targetsInWords[set.target]}: their errors are in different units.`
}
