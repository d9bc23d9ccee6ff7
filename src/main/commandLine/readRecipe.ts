import { recipeNames, recipes, recipeSchema, type Recipe, type RecipeName } from '../../shared/domain/recipe.ts'
import {
  conditionOf,
  isSetting,
  readSettingValue,
  settingCounts,
  settingRule,
  settings,
  type Setting,
} from '../../shared/domain/settingRules.ts'
import { settingWords, type ChoiceWords } from '../../shared/domain/settingWords.ts'
import { WrongUse } from './command.ts'

/**
 * A shipped recipe with some of its settings changed.
 *
 * @param changes each `key=value`, a later one over an earlier
 * @throws WrongUse that lists the settings, or says what one may be
 */
export function readRecipe(name: RecipeName, changes: readonly string[]): Recipe {
  const recipe = recipes[name]
  const changed = Object.fromEntries(changes.map((change) => readSetting(change, recipe)))
  return recipeSchema.parse({ ...recipe, ...changed })
}

/** What is to be said of changes that come to nothing in a recipe: `momentum has no effect: only with optimizer sgd or rmsprop.` */
export function changesWithoutEffect(recipe: Recipe, changes: readonly string[]): string[] {
  const changed = new Set(changes.map(keyOf))
  return settings
    .filter((setting) => changed.has(setting) && !settingCounts(recipe, setting))
    .map((setting) => `${setting} has no effect: ${onlyWith(setting)}.`)
}

function readSetting(change: string, recipe: Recipe): [Setting, unknown] {
  const at = change.indexOf('=')
  const key = keyOf(change)
  if (!isSetting(key)) {
    const list = settings.map((setting) => `${setting}=${String(recipe[setting])}`).join(', ')
    throw new WrongUse(
      `${at < 0 ? `“${change}” is not of the form key=value.` : `The recipe has no setting “${key}”.`} Its settings are: ${list}.`,
    )
  }
  const text = change.slice(at + 1).trim()
  // A value is read as whichever of these the schema takes: the types stand there and nowhere else.
  const readings: unknown[] = [
    text,
    ...(text === '' ? [] : [Number(text)]),
    ...(text === 'true' ? [true] : text === 'false' ? [false] : []),
  ]
  for (const reading of readings) {
    const read = readSettingValue(key, reading)
    if (read !== undefined) return [key, read]
  }
  throw new WrongUse(
    `“${text}” is no value for ${key}: it must be ${allowedFor(key)}, and is ${String(recipe[key])} in the recipe ${recipe.name}.`,
  )
}

/** Every setting for the help of `--set`: its name, what the recipes have, what it may be and what it is for. */
export function settingsHelp(): string {
  return ['Settings for --set, as key=value:', ...settings.map(helpFor)].join('\n\n')
}

function helpFor(setting: Setting): string {
  const words = settingWords[setting]
  const shipped = recipeNames.map((name) => `${name} ${String(recipes[name][setting])}`).join(', ')
  const lines = [
    conditionOf(setting) ? `${words.help} ${capitalised(onlyWith(setting))}.` : words.help,
    ...('choices' in words
      ? Object.entries<ChoiceWords>(words.choices).map(([value, { title, about }]) => `${value}: ${about ?? `${title}.`}`)
      : [`${capitalised(allowedFor(setting))}.`]),
  ]
  return [`  ${setting} (${shipped})`, ...lines.map((line) => `      ${line}`)].join('\n')
}

function keyOf(change: string): string {
  return change.slice(0, Math.max(change.indexOf('='), 0)).trim()
}

/** `only with optimizer sgd or rmsprop`; empty for a setting that always counts. */
function onlyWith(setting: Setting): string {
  const condition = conditionOf(setting)
  return condition ? `only with ${condition.setting} ${inWords(condition.values)}` : ''
}

/** What the schema takes, in words. */
function allowedFor(setting: Setting): string {
  const rule = settingRule(setting)
  if (rule.kind === 'choice') return inWords(rule.choices)
  if (rule.kind === 'switch') return 'true or false'
  return `a ${rule.whole ? 'whole ' : ''}number ${rule.above ? 'above' : 'from'} ${rule.minimum} to ${rule.maximum}`
}

/** `a`, `a or b`, `a, b or c`. */
function inWords(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)!}`
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
