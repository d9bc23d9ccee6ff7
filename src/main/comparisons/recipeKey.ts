import type { Recipe } from '../../shared/domain/recipe.ts'
import { settingCounts, settings } from '../../shared/domain/settingRules.ts'

/** The same for recipes that train alike: settings without effect, and the recipe's name, are none of it. */
export function recipeKey(recipe: Recipe): string {
  return JSON.stringify(settings.map((setting) => (settingCounts(recipe, setting) ? recipe[setting] : null)))
}
