import { z } from 'zod'
import { recipes, recipeSchema, type Recipe } from './recipe.ts'

const { name: _, ...schemas } = recipeSchema.shape
/** A recipe's setting: everything in it but its name. */
export type Setting = keyof typeof schemas
export type SettingOf<T> = { [K in Setting]: Recipe[K] extends T ? K : never }[Setting]
export const settings = Object.keys(schemas) as readonly Setting[]

export function isSetting(key: string): key is Setting {
  return Object.hasOwn(schemas, key)
}

export interface NumberRule {
  readonly kind: 'number'
  readonly whole: boolean
  readonly minimum: number
  /** The minimum itself is not taken. */
  readonly above: boolean
  readonly maximum: number
}
export type SettingRule = NumberRule | { readonly kind: 'choice'; readonly choices: readonly string[] } | { readonly kind: 'switch' }

/** What a setting may be, read off the recipe's schema: bounds stand there and nowhere else. */
export function settingRule(setting: SettingOf<number>): NumberRule
export function settingRule(setting: Setting): SettingRule
export function settingRule(setting: Setting): SettingRule {
  const declared: z.ZodType = schemas[setting]
  const schema = declared instanceof z.ZodDefault ? (declared.unwrap() as z.ZodType) : declared
  if (schema instanceof z.ZodBoolean) return { kind: 'switch' }
  if (schema instanceof z.ZodEnum) return { kind: 'choice', choices: schema.options.map(String) }
  if (!(schema instanceof z.ZodNumber) || schema.minValue === null || schema.maxValue === null)
    throw new Error(`${setting} is neither a choice, a switch, nor a number between two others`)
  const { minValue: minimum, maxValue: maximum, format } = schema
  return { kind: 'number', whole: format === 'safeint', minimum, above: !schema.safeParse(minimum).success, maximum }
}

/** A setting's value as the schema takes it, or undefined where it does not. */
export function readSettingValue(setting: Setting, value: unknown): Recipe[Setting] | undefined {
  return value === undefined ? undefined : schemas[setting].safeParse(value).data
}

interface Condition {
  readonly setting: SettingOf<string>
  readonly values: readonly string[]
}
const conditions: { readonly [K in Setting]?: Condition } = {
  momentum: { setting: 'optimizer', values: ['sgd', 'rmsprop'] satisfies Recipe['optimizer'][] },
  huberDelta: { setting: 'loss', values: ['huber'] satisfies Recipe['loss'][] },
}

/** What another setting must be for this one to have any effect; null where it always has. */
export function conditionOf(setting: Setting): Condition | null {
  return conditions[setting] ?? null
}

/** Whether a setting has any effect in a recipe: momentum, for one, has none in Adam. */
export function settingCounts(recipe: Recipe, setting: Setting): boolean {
  const condition = conditionOf(setting)
  return condition === null || condition.values.includes(recipe[condition.setting])
}

/** A recipe with its settings without effect as they are shipped, so that runs that train alike are saved alike. */
export function effectiveRecipe(recipe: Recipe): Recipe {
  const idle = settings.filter((setting) => !settingCounts(recipe, setting))
  return { ...recipe, ...Object.fromEntries(idle.map((setting) => [setting, recipes[recipe.name][setting]])) }
}
