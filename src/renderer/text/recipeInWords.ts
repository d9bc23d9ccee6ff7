import { recipes, type Recipe } from '../../shared/domain/recipe.ts'
import { changedFields, settingText } from './recipeFields.ts'

/** A recipe in one line, with what it has otherwise than the shipped one: `default: epochs 5, dropout 0.2`. */
export function recipeInWords(recipe: Recipe): string {
  const changes = changedFields(recipe, recipes[recipe.name]).map((field) => `${field.label.toLowerCase()} ${settingText(recipe, field)}`)
  return changes.length ? `${recipe.name}: ${changes.join(', ')}` : recipe.name
}
