import type { DatasetSummary } from '../../../shared/domain/dataset.ts'
import type { Ensemble } from '../../../shared/domain/ensemble.ts'
import type { ImportedModel, ScorerReference } from '../../../shared/domain/model.ts'
import type { Target } from '../../../shared/domain/recipe.ts'
import type { Run } from '../../../shared/domain/run.ts'
import { targetsInWords } from '../../../shared/domain/settingWords.ts'
import { countOf, formatCount } from '../../../shared/text/numbers.ts'
import { joinWords } from '../../../shared/text/splits.ts'

/** Something to score with, as a person chooses it. */
export interface ModelChoice {
  /** Unique among all choices. */
  readonly key: string
  readonly reference: ScorerReference
  readonly title: string
  /** Variant, dataset and what else tells it from others. */
  readonly about: string
  readonly testPearson: number | null
  readonly target: Target
  /** Bases that it reads; null where that is told only once it is loaded. */
  readonly length: number | null
  readonly members: number
}

export interface ModelGroup {
  readonly title: string
  readonly choices: readonly ModelChoice[]
}

/** Most models of one scan. */
export const MOST_MODELS = 20

export function referenceKey(reference: ScorerReference): string {
  return Object.entries(reference).join()
}

/** All that can score: runs by what they are worth on their tests, ensembles and imported models as they came. */
export function modelGroups(
  completed: readonly Run[],
  ensembles: readonly Ensemble[],
  imported: readonly ImportedModel[],
  datasets: ReadonlyMap<number, Pick<DatasetSummary, 'length' | 'simulated'>>,
): ModelGroup[] {
  const runs = completed
    .map((run): ModelChoice => {
      const dataset = datasets.get(run.dataset)
      const reference = { run: run.id }
      return {
        key: referenceKey(reference),
        reference,
        title: run.name || `Run ${run.id}`,
        about: [...(run.name ? [`run ${run.id}`] : []), run.variant, run.datasetName, `seed ${run.seed}`].join(' · '),
        testPearson: run.testPearson,
        target: run.recipe.target,
        // Without its adapters an element is shorter, by what the dataset’s summary does not tell.
        length: run.recipe.adapters === 'keep' && dataset && dataset.length > 0 ? dataset.length : null,
        members: 1,
      }
    })
    .sort((a, b) => (b.testPearson ?? -2) - (a.testPearson ?? -2))
  const groups: ModelGroup[] = [
    {
      title: 'Ensembles',
      choices: ensembles.map(({ id, name, runs: members, datasetName, target, length }) => ({
        key: referenceKey({ ensemble: id }),
        reference: { ensemble: id },
        title: name,
        about: `mean of ${countOf(members.length, 'run')} · ${datasetName}`,
        testPearson: null,
        target,
        length,
        members: members.length,
      })),
    },
    { title: 'Runs', choices: runs },
    {
      title: 'Imported models',
      choices: imported.map(({ id, name, description }) => ({
        key: referenceKey({ model: id }),
        reference: { model: id },
        title: name,
        about: `${description.variant} · ${description.dataset.name}`,
        testPearson: description.testPearson,
        target: description.target.kind,
        length: description.length,
        members: 1,
      })),
    },
  ]
  return groups.filter(({ choices }) => choices.length > 0)
}

/** Those with all words of a search in their title or description, in either case. */
export function searchGroups(groups: readonly ModelGroup[], search: string): ModelGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return groups
    .map(({ title, choices }) => ({
      title,
      choices: choices.filter((choice) => words.every((word) => `${choice.title} ${choice.about}`.toLowerCase().includes(word))),
    }))
    .filter(({ choices }) => choices.length > 0)
}

/** Why a model cannot score in one scan with those that are chosen, as far as it can be told before they are loaded; null where it can. */
export function whyNotTogether(choice: ModelChoice, chosen: readonly ModelChoice[]): string | null {
  if (chosen.some(({ key }) => key === choice.key)) return null
  if (chosen.length >= MOST_MODELS) return `A scan has ${MOST_MODELS} models at most.`
  const other = chosen.find(({ target }) => target !== choice.target)
  if (other) return `Predicts ${targetsInWords[choice.target]}; ${other.title} predicts ${targetsInWords[other.target]}.`
  const longer = chosen.find(({ length }) => length !== null && choice.length !== null && length !== choice.length)
  if (longer) return `Reads ${formatCount(choice.length!)} bases; ${longer.title} reads ${formatCount(longer.length!)}.`
  return null
}

/** Which models an address asks for: `?run=4`, `?runs=4,7`, `?ensemble=2`, `?model=1`. */
export function askedModels(query: Readonly<Record<string, unknown>>): ScorerReference[] {
  const ids = (name: string) =>
    (typeof query[name] === 'string' ? query[name] : '')
      .split(',')
      .filter((text) => /^\d{1,9}$/.test(text.trim()))
      .map(Number)
  const asked: ScorerReference[] = [
    ...[...ids('run'), ...ids('runs')].map((run) => ({ run })),
    ...ids('ensemble').map((ensemble) => ({ ensemble })),
    ...ids('model').map((model) => ({ model })),
  ]
  return [...new Map(asked.map((reference) => [referenceKey(reference), reference])).values()].slice(0, MOST_MODELS)
}

/** What is chosen and cannot be found, as `Run 4` or `Ensemble 2`. */
export function goneInWords(references: readonly ScorerReference[]): string {
  return joinWords(
    references.map((reference) =>
      'run' in reference ? `Run ${reference.run}` : 'ensemble' in reference ? `Ensemble ${reference.ensemble}` : `Model ${reference.model}`,
    ),
  )
}
