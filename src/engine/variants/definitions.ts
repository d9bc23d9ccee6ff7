import type { Variant } from '../../shared/domain/variants.ts'
import { attention } from './attention.ts'
import { baseline } from './baseline.ts'
import { embedding } from './embedding.ts'
import { full } from './full.ts'
import type { VariantDefinition } from './variant.ts'

export const variantDefinitions: Readonly<Record<Variant, VariantDefinition>> = { baseline, embedding, attention, full }
