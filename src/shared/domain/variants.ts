import { z } from 'zod'

/** The four network architectures that the workbench compares; their definitions are in `src/engine/variants`. */
export const variants = ['baseline', 'embedding', 'attention', 'full'] as const
export const variantSchema = z.enum(variants)
export type Variant = z.infer<typeof variantSchema>

/** One plain sentence a variant, shown wherever a variant is chosen. */
export const variantDescriptions: Readonly<Record<Variant, string>> = {
  baseline: 'Averages what its convolutions see; gives one prediction for all cell types.',
  embedding: 'Like baseline, and is told the cell type, so that each cell type gets its own prediction.',
  attention: 'Learns which positions matter; gives one prediction for all cell types.',
  full: 'Learns which positions matter, and is told the cell type.',
}
