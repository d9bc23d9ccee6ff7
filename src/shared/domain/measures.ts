import { z } from 'zod'

/**
 * The six measures of predicted against measured activity. Activities are log2(RNA/DNA), so `rmse` and `mae` are in
 * log2 units. A measure that is not defined (a correlation of constant values, an empty part) is null, never NaN.
 */
export const measuresSchema = z.object({
  /** Rows compared: elements with a measured activity. */
  n: z.int().min(0),
  mse: z.number().nullable(),
  rmse: z.number().nullable(),
  mae: z.number().nullable(),
  pearson: z.number().nullable(),
  spearman: z.number().nullable(),
  r2: z.number().nullable(),
})
export type Measures = z.infer<typeof measuresSchema>

export const measureNames = ['pearson', 'spearman', 'r2', 'mse', 'rmse', 'mae'] as const
export type MeasureName = (typeof measureNames)[number]

/** The name under which measures over all cell types together are stored and shown. */
export const ALL_CELL_TYPES = 'all'
