import type { Recipe, RecipeName } from '../../shared/domain/recipe.ts'
import { conditionOf, settingCounts, settingRule, type NumberRule, type Setting, type SettingOf } from '../../shared/domain/settingRules.ts'
import { settingWords, type ChoiceWords, type SettingWords } from '../../shared/domain/settingWords.ts'
import { formatSetting } from '../../shared/text/numbers.ts'

export type NumberField = SettingWords & NumberRule & { readonly key: SettingOf<number> }
export type ChoiceField = SettingWords & {
  readonly kind: 'choice'
  readonly key: SettingOf<string>
  readonly choices: readonly (ChoiceWords & { readonly value: string })[]
}
export type SwitchField = SettingWords & { readonly kind: 'switch'; readonly key: SettingOf<boolean> }
export type RecipeField = NumberField | ChoiceField | SwitchField

export const recipeDescriptions: Readonly<Record<RecipeName, { readonly title: string; readonly text: string }>> = {
  seed: { title: 'seed', text: 'As the published project trains: slow and steady, no augmentation, the last epoch’s weights.' },
  default: {
    title: 'default',
    text: 'The workbench’s own: both strands, a one-cycle learning rate, the best epoch’s weights. Better results in the same time.',
  },
}

const groups: readonly { readonly title: string; readonly settings: readonly Setting[] }[] = [
  { title: 'Length of training', settings: ['epochs', 'batchSize', 'patience', 'weights'] },
  { title: 'Optimiser', settings: ['optimizer', 'momentum', 'learningRate', 'schedule'] },
  { title: 'Loss and target', settings: ['target', 'loss', 'huberDelta'] },
  { title: 'Augmentation', settings: ['reverseComplement', 'shift'] },
  { title: 'Regularisation', settings: ['weightDecay', 'dropout'] },
  { title: 'Reading and scoring', settings: ['adapters', 'ambiguousBases', 'strands'] },
]

/** Every setting of a recipe, by what it is about. */
export const recipeGroups: readonly { readonly title: string; readonly fields: readonly RecipeField[] }[] = groups.map((group) => ({
  title: group.title,
  fields: group.settings.map(fieldOf),
}))

/** The same in one row, in the order of the form. */
export const recipeFields: readonly RecipeField[] = recipeGroups.flatMap(({ fields }) => fields)

function fieldOf(key: Setting): RecipeField {
  const words = settingWords[key]
  const rule = settingRule(key)
  if (!('choices' in words)) return { ...words, ...rule, key } as NumberField | SwitchField
  const choices = Object.entries<ChoiceWords>(words.choices).map(([value, choice]) => ({ value, ...choice }))
  return { ...words, kind: 'choice', key, choices } as ChoiceField
}

/** A recipe's setting as a person writes it. */
export function settingText(recipe: Recipe, field: RecipeField): string {
  if (field.kind === 'switch') return recipe[field.key] ? 'Yes' : 'No'
  if (field.kind === 'choice') return field.choices.find((choice) => choice.value === recipe[field.key])?.title ?? recipe[field.key]
  return formatSetting(recipe[field.key])
}

/** What a field says below itself: what it is for, and what the present choice is for. */
export function settingHelp(recipe: Recipe, field: RecipeField): string {
  if (field.kind !== 'choice') return field.help
  const chosen = field.choices.find((choice) => choice.value === recipe[field.key])
  return chosen?.about ? `${field.help} ${chosen.title}: ${chosen.about}` : field.help
}

/** Why a setting has no effect in this recipe: `Only with the optimiser SGD or RMSprop.` Null where it has one. */
export function whyIdle(recipe: Recipe, field: RecipeField): string | null {
  const condition = conditionOf(field.key)
  if (!condition || settingCounts(recipe, field.key)) return null
  const other = fieldOf(condition.setting) as ChoiceField
  const titles = other.choices.filter(({ value }) => condition.values.includes(value)).map(({ title }) => title)
  return `Only with the ${other.label.toLowerCase()} ${titles.join(' or ')}.`
}

/** The settings that a recipe has otherwise than the shipped one of its name; one without effect does not count. */
export function changedFields(recipe: Recipe, shipped: Recipe): readonly RecipeField[] {
  return recipeFields.filter(({ key }) => recipe[key] !== shipped[key] && settingCounts(recipe, key))
}

/** What is wrong with a number typed for a setting, or null. */
export function numberProblem(field: NumberField, text: string): string | null {
  const value = readTyped(field, text)
  if (value === null) return `${field.label} must be a number.`
  if (field.whole && !Number.isInteger(value)) return `${field.label} must be a whole number.`
  if (field.above && value <= field.minimum) return `${field.label} must be above ${formatSetting(field.minimum)}.`
  if (value < field.minimum) return `${field.label} must be at least ${formatSetting(field.minimum)}.`
  if (value > field.maximum) return `${field.label} must be at most ${formatSetting(field.maximum)}.`
  return null
}

/** A number as people type it: `1e-3`, `0,001`, and, where it is a whole one, `16,384`. Null where it is none. */
export function readTyped({ whole }: Pick<NumberField, 'whole'>, text: string): number | null {
  const trimmed = text.trim().replace('−', '-')
  const plain = whole && /^\d{1,3}(,\d{3})+$/.test(trimmed) ? trimmed.replaceAll(',', '') : trimmed.replace(',', '.')
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null
}
