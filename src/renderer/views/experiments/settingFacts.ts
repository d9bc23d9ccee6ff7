import { recipes, type Recipe } from '../../../shared/domain/recipe.ts'
import type { Term } from '../../text/glossary.ts'
import { recipeGroups, settingText, whyIdle, type RecipeField } from '../../text/recipeFields.ts'

interface SettingFact {
  readonly label: string
  readonly value: string
  readonly term?: Term
}

/** Every setting of a recipe by what it is about: what the shipped recipe has instead, and which come to nothing. */
export function settingFacts(recipe: Recipe): readonly { readonly title: string; readonly facts: readonly SettingFact[] }[] {
  return recipeGroups.map(({ title, fields }) => ({ title, facts: fields.map((field) => settingFact(recipe, field)) }))
}

function settingFact(recipe: Recipe, field: RecipeField): SettingFact {
  const shipped = recipes[recipe.name]
  const idle = whyIdle(recipe, field)
  const changed = recipe[field.key] !== shipped[field.key]
  const value = settingText(recipe, field)
  return {
    label: field.label,
    value: idle ? `No effect. ${idle}` : changed ? `${value} (recipe: ${settingText(shipped, field)})` : value,
    ...(field.key === 'loss' && { term: 'loss' }),
  }
}
