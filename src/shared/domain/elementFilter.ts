import { z } from 'zod'
import { partSchema } from './split.ts'

/** Both ends belong to it; null where there is no limit. */
const rangeSchema = z.object({ from: z.number().nullable(), to: z.number().nullable() })
export type Range = z.infer<typeof rangeSchema>

/**
 * Which elements of a dataset are meant; what is left out asks for nothing. All that is asked for must hold.
 */
export const elementFilterSchema = z.object({
  /** Part of a name, letters of either case, or of a sequence, read on either strand. */
  search: z.string().trim().max(10_000).default(''),
  /** The cell types that are looked at; elements measured in none of them drop out. None named: all. */
  cellTypes: z.array(z.string()).default([]),
  /** Only elements that are measured in every one of those. */
  complete: z.boolean().default(false),
  /** log2(RNA/DNA) in a cell type. An element that is not measured there drops out. */
  activity: z.array(rangeSchema.extend({ cellType: z.string() })).default([]),
  /** Bases, adapters included. */
  length: rangeSchema.nullable().default(null),
  /** Share of G and C among the bases, 0 to 1. */
  gc: rangeSchema.nullable().default(null),
  /** At least so many barcodes a replicate in the mean; an element whose barcodes are not known drops out. Null asks for none. */
  barcodes: z.number().min(0).nullable().default(null),
  /** One of the labels that a column of the file gave the elements. */
  label: z
    .object({ column: z.string(), values: z.array(z.string()).min(1) })
    .nullable()
    .default(null),
  /** Elements of these parts of a split. */
  part: z
    .object({ split: z.int(), parts: z.array(partSchema).min(1) })
    .nullable()
    .default(null),
})
export type ElementFilter = z.infer<typeof elementFilterSchema>

/** The filter that keeps everything. */
export const everyElement: ElementFilter = elementFilterSchema.parse({})

/** True where a filter keeps everything. */
export function keepsAll(filter: ElementFilter): boolean {
  return (
    filter.search === '' &&
    filter.cellTypes.length === 0 &&
    !filter.complete &&
    filter.activity.every(isOpen) &&
    isOpen(filter.length) &&
    isOpen(filter.gc) &&
    filter.barcodes === null &&
    filter.label === null &&
    filter.part === null
  )
}

function isOpen(range: Range | null): boolean {
  return range === null || (range.from === null && range.to === null)
}
