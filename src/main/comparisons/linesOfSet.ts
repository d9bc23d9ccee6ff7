import { createHash } from 'node:crypto'
import type { ComparisonLine } from '../../shared/domain/comparison.ts'
import type { Recipe } from '../../shared/domain/recipe.ts'
import { settingCounts, settings, type Setting } from '../../shared/domain/settingRules.ts'
import { settingWords } from '../../shared/domain/settingWords.ts'
import { variants } from '../../shared/domain/variants.ts'
import { formatSetting } from '../../shared/text/numbers.ts'
import type { Contestant } from './comparableSets.ts'
import { recipeKey } from './recipeKey.ts'

/** A line with what predicts for it, in the order of its members. */
export interface ContestedLine extends ComparisonLine {
  readonly contestants: readonly Contestant[]
}

export interface LinesOfSet {
  readonly lines: readonly ContestedLine[]
  /** Those that repeat another with the same seed, which is compared in their place. */
  readonly repeats: readonly { readonly contestant: Contestant; readonly of: Contestant }[]
}

/**
 * The lines of a set: contestants of the same variant, recipe and training elements are the members of one, ordered by seed;
 * ensembles have lines of their own, behind the others. A run that repeats another would count its seed twice, so the first
 * of them stands for both.
 */
export function linesOfSet(contestants: readonly Contestant[]): LinesOfSet {
  const repeats: { contestant: Contestant; of: Contestant }[] = []
  const alike = Map.groupBy(
    contestants.filter(({ ensemble }) => ensemble === null),
    ({ runs: [run], source }) => `${run!.variant}-${recipeKey(run!.recipe)}-${source}`,
  )
  const ofRuns = [...alike.values()].map((same) => {
    const members = [...Map.groupBy(same, ({ runs }) => runs[0]!.seed)]
      .sort(([a], [b]) => a - b)
      .map(([, ofSeed]) => {
        const [first, ...others] = ofSeed.toSorted((a, b) => firstRun(a) - firstRun(b)) as [Contestant, ...Contestant[]]
        repeats.push(...others.map((contestant) => ({ contestant, of: first })))
        return first
      })
    return members as [Contestant, ...Contestant[]]
  })
  const ordered = ofRuns.toSorted(
    ([a], [b]) => variants.indexOf(variantOf(a)) - variants.indexOf(variantOf(b)) || firstRun(a) - firstRun(b),
  )
  const lines = ordered.map((members): ContestedLine => {
    const [first] = members
    const rivals = ordered.filter(([other]) => variantOf(other) === variantOf(first)).map(([other]) => other)
    return {
      key: lineKey(first),
      label: [variantOf(first), ...whatTells(first, rivals)].join(', '),
      variant: variantOf(first),
      ensemble: null,
      members: members.map(({ runs }) => ({ seed: runs[0]!.seed, runs: runs.map(({ id }) => id) })),
      contestants: members,
    }
  })
  const ensembles = contestants.flatMap((contestant): ContestedLine[] => {
    const { ensemble } = contestant
    if (!ensemble) return []
    const { id, name, runs } = ensemble
    return [
      {
        key: `ensemble-${id}`,
        label: name,
        variant: null,
        ensemble: id,
        members: [{ seed: null, runs: [...runs] }],
        contestants: [contestant],
      },
    ]
  })
  return { lines: [...lines, ...ensembles], repeats }
}

/** The same whichever of its seeds are compared. */
function lineKey(line: Contestant): string {
  const { variant, recipe } = line.runs[0]!
  return `${variant}-${createHash('sha256')
    .update(`${recipeKey(recipe)} ${line.source}`)
    .digest('hex')
    .slice(0, 8)}`
}

function firstRun({ runs }: Contestant): number {
  return Math.min(...runs.map(({ id }) => id))
}

function variantOf({ runs }: Contestant) {
  return runs[0]!.variant
}

/** What tells a line from the others of its variant, in words. */
function whatTells(line: Contestant, rivals: readonly Contestant[]): string[] {
  const recipe = line.runs[0]!.recipe
  const recipes = new Map(rivals.map(({ runs }) => [recipeKey(runs[0]!.recipe), runs[0]!.recipe]))
  const told: string[] = []
  if (recipes.size > 1) {
    const names = new Set([...recipes.values()].map(({ name }) => name))
    if (names.size === recipes.size) told.push(`recipe ${recipe.name}`)
    else told.push(...settings.filter((setting) => differs(setting, [...recipes.values()])).map((setting) => inWords(recipe, setting)))
  }
  if (new Set(rivals.map(({ source }) => source)).size > 1) told.push(line.sourceName)
  return told
}

function differs(setting: Setting, recipes: readonly Recipe[]): boolean {
  return new Set(recipes.filter((recipe) => settingCounts(recipe, setting)).map((recipe) => recipe[setting])).size > 1
}

function inWords(recipe: Recipe, setting: Setting): string {
  const value = recipe[setting]
  const words = settingWords[setting] as { readonly label: string; readonly choices?: Readonly<Record<string, { readonly title: string }>> }
  const label = words.label.toLowerCase()
  if (typeof value === 'boolean') return `${value ? 'with' : 'without'} ${label}`
  return `${label} ${typeof value === 'number' ? formatSetting(value) : (words.choices?.[value]?.title ?? value)}`
}
