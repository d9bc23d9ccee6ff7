import { readFileSync } from 'node:fs'
import type { Variant } from '../../src/shared/domain/variants.ts'
import type { Recipe } from '../../src/shared/domain/recipe.ts'
import type { NamedTensors } from '../../src/engine/variants/parameters.ts'

export type Packed = Readonly<Record<string, { readonly shape: number[]; readonly values: string }>>
interface Written {
  readonly variant: Variant
  readonly cellTypes: number
  readonly length: number
  readonly batch: number
  readonly ambiguousBases: Recipe['ambiguousBases']
  readonly recipe: { readonly learningRate: number; readonly weightDecay: number }
  readonly codes: string
  readonly activities: string
  readonly initial: Packed
  readonly training: { readonly predictions: string; readonly loss: number; readonly gradients: Packed; readonly statistics: Packed }
  readonly evaluation: { readonly predictions: string }
  readonly adam1: { readonly losses: number[]; readonly tensors: Packed }
  readonly adam20: { readonly losses: number[]; readonly tensors: Packed }
  readonly adamw20: { readonly losses: number[]; readonly tensors: Packed }
}

/** What PyTorch computed for a variant (make-fixtures.py). */
export function readFixture(variant: Variant) {
  const written = readJson<Written>(variant)
  return {
    ...written,
    codes: bytes(written.codes),
    activities: floats(written.activities),
    initial: tensors(written.initial),
    training: {
      predictions: floats(written.training.predictions),
      loss: written.training.loss,
      gradients: tensors(written.training.gradients),
      statistics: tensors(written.training.statistics),
    },
    evaluation: { predictions: floats(written.evaluation.predictions) },
    adam1: { losses: written.adam1.losses, tensors: tensors(written.adam1.tensors) },
    adam20: { losses: written.adam20.losses, tensors: tensors(written.adam20.tensors) },
    adamw20: { losses: written.adamw20.losses, tensors: tensors(written.adamw20.tensors) },
  }
}
export type Fixture = ReturnType<typeof readFixture>

export function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')) as T
}

function bytes(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'))
}

export function floats(base64: string): Float32Array {
  return new Float32Array(bytes(base64).buffer)
}

export function tensors(packed: Packed): NamedTensors {
  return Object.fromEntries(Object.entries(packed).map(([name, { shape, values }]) => [name, { shape, values: floats(values) }]))
}
