import type { ModelDescription } from '../../shared/domain/model.ts'
import type { Loss } from '../../shared/domain/recipe.ts'

const [EMBEDDING, HIDDEN, FEATURES] = [6, 8, 16]
const convolutions = [
  { conv: 'encoder.0', norm: 'encoder.2', inputs: 4, outputs: 8 },
  { conv: 'encoder.4', norm: 'encoder.6', inputs: 8, outputs: 8 },
  { conv: 'encoder.7', norm: 'encoder.9', inputs: 8, outputs: FEATURES },
] as const

/** What a model has from the loss that it was trained with. */
const lossTensors: Readonly<Record<Loss, (cellTypes: number) => [string, number[]][]>> = {
  mse: () => [],
  huber: () => [],
  gaussianNll: () => [
    ['variance.weight', [1, HIDDEN]],
    ['variance.bias', [1]],
  ],
  pearson: (cellTypes) => [
    ['calibration.scale', [cellTypes]],
    ['calibration.offset', [cellTypes]],
  ],
}

/**
 * Names and shapes of the tensors that a model's file must hold, as docs/model-format.md lists them. The engine has its own
 * definition of each variant; a test holds the two to each other.
 */
export function expectedTensors({
  variant,
  cellTypes,
  recipe: { loss },
}: Pick<ModelDescription, 'variant' | 'cellTypes' | 'recipe'>): ReadonlyMap<string, number[]> {
  const isTold = variant === 'embedding' || variant === 'full'
  const attends = variant === 'attention' || variant === 'full'
  return new Map<string, number[]>([
    ...convolutions.flatMap(({ conv, norm, inputs, outputs }): [string, number[]][] => [
      [`${conv}.weight`, [outputs, inputs, 8]],
      [`${conv}.bias`, [outputs]],
      ...['weight', 'bias', 'running_mean', 'running_var'].map((name): [string, number[]] => [`${norm}.${name}`, [outputs]]),
    ]),
    ...(attends
      ? ([
          ['attention.weight', [1, FEATURES, 1]],
          ['attention.bias', [1]],
        ] as [string, number[]][])
      : []),
    ...(isTold ? ([['cell_types.weight', [cellTypes.length, EMBEDDING]]] as [string, number[]][]) : []),
    ['head.0.weight', [HIDDEN, FEATURES + (isTold ? EMBEDDING : 0)]],
    ['head.0.bias', [HIDDEN]],
    ['head.3.weight', [1, HIDDEN]],
    ['head.3.bias', [1]],
    ...lossTensors[loss](cellTypes.length),
  ])
}
