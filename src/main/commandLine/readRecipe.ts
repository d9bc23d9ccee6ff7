import { z } from 'zod'
import { recipes, recipeSchema, type Recipe, type RecipeName } from '../../shared/domain/recipe.ts'
import { WrongUse } from './command.ts'

const { name: _, ...settings } = recipeSchema.shape
type Setting = keyof typeof settings

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

function readSetting(change: string, recipe: Recipe): [Setting, unknown] {
  const at = change.indexOf('=')
  const key = change.slice(0, Math.max(at, 0)).trim()
  if (!isSetting(key)) {
    const list = (Object.keys(settings) as Setting[]).map((setting) => `${setting}=${String(recipe[setting])}`).join(', ')
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
    const read = settings[key].safeParse(reading)
    if (read.success) return [key, read.data]
  }
  throw new WrongUse(
    `“${text}” is no value for ${key}: it must be ${allowedFor(key)}, and is ${String(recipe[key])} in the recipe ${recipe.name}.`,
  )
}

/** What the schema takes, in words. */
function allowedFor(key: Setting): string {
  const { type, enum: choices, minimum, exclusiveMinimum, maximum } = z.toJSONSchema(settings[key])
  if (choices) return choices.join(' or ')
  if (type === 'boolean') return 'true or false'
  const least = minimum === undefined ? `above ${exclusiveMinimum}` : `from ${minimum}`
  return `a ${type === 'integer' ? 'whole ' : ''}number ${least} to ${maximum}`
}

function isSetting(key: string): key is Setting {
  return Object.hasOwn(settings, key)
}
