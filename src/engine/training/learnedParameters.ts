import type { Recipe } from '../../shared/domain/recipe.ts'
import type { Variant } from '../../shared/domain/variants.ts'
import { variantDefinitions } from '../variants/definitions.ts'
import { varianceParameters } from '../variants/head.ts'
import type { Parameter } from '../variants/parameters.ts'

export interface Learner {
  readonly variant: Variant
  readonly cellTypes: number
  readonly recipe: Pick<Recipe, 'loss'>
}

/** All that a training changes by gradients: first the variant's own parameters, as scoring reads them, then what its loss adds. */
export function learnedParameters({ variant, cellTypes, recipe }: Learner): readonly Parameter[] {
  const own = variantDefinitions[variant].parameters(cellTypes)
  return recipe.loss === 'gaussianNll' ? [...own, ...varianceParameters] : own
}
