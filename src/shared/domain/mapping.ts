import { z } from 'zod'

const cellTypeName = z.string().trim().min(1).max(200)
const replicateName = z.string().trim().min(1).max(200)

/** Whose measurement a column holds; what is left out, the rows or the table say, or else there is one replicate, `1`. */
const measured = { cellType: cellTypeName.optional(), replicate: replicateName.optional() }

/**
 * What a column of a table holds. `activity` is log2(RNA/DNA) itself; `dna` and `rna` are counts from which it is made. A `dna`
 * column without a replicate, beside `rna` columns or rows that have one, is a pool that serves all replicates. `barcodes`
 * is how many barcodes a value was made from; `barcode` names one barcode, so that each row is one and the counts of an
 * element's rows are summed. `label` is kept with the elements, for splits and filters.
 */
export const columnRoleSchema = z.discriminatedUnion('role', [
  z.object({ role: z.literal('name') }),
  z.object({ role: z.literal('sequence') }),
  z.object({ role: z.literal('activity'), ...measured }),
  z.object({ role: z.literal('dna'), ...measured }),
  z.object({ role: z.literal('rna'), ...measured }),
  z.object({ role: z.literal('barcodes'), ...measured }),
  z.object({ role: z.literal('barcode') }),
  z.object({ role: z.literal('cellType') }),
  z.object({ role: z.literal('replicate') }),
  z.object({ role: z.literal('chromosome') }),
  z.object({ role: z.literal('start') }),
  z.object({ role: z.literal('end') }),
  z.object({ role: z.literal('strand') }),
  z.object({ role: z.literal('label') }),
  z.object({ role: z.literal('ignore') }),
])
export type ColumnRole = z.infer<typeof columnRoleSchema>
export type RoleName = ColumnRole['role']

/**
 * How the columns of a table get their names: by the table's first line; `none`, where the first line is data already, by
 * their place (`Column 1`, `Column 2` …); `bed`, by the BED format (`chrom`, `start`, `end`, `name`, `score`, `strand` …).
 */
export const headerKinds = ['first-line', 'none', 'bed'] as const
export const headerKindSchema = z.enum(headerKinds)
export type HeaderKind = z.infer<typeof headerKindSchema>

/** The sign between a number's whole and its fraction. */
export const decimalSignSchema = z.enum(['.', ','])
export type DecimalSign = z.infer<typeof decimalSignSchema>

/** What each column of a table holds. Columns that are not named here are ignored. */
export const tableMappingSchema = z.object({
  header: headerKindSchema.default('first-line'),
  columns: z.array(z.object({ column: z.string().min(1), is: columnRoleSchema })).max(20_000),
  /**
   * The cell type of the whole table. Beside a column of cell types: where that column holds one alone, it is renamed to
   * this; where it holds several, only the rows of this one are taken.
   */
  cellType: cellTypeName.optional(),
  decimal: decimalSignSchema.default('.'),
  /** The number of a chromosome's first base: 0 as in BED, where `end` is the base after the last; 1 where `end` is the last base. */
  firstBase: z.union([z.literal(0), z.literal(1)]).default(0),
})
export type TableMapping = z.infer<typeof tableMappingSchema>

/** A mapping kept under a name, for the next table with such columns. */
export const mappingTemplateSchema = z.object({
  name: z.string().trim().min(1).max(200),
  mapping: tableMappingSchema,
  createdAt: z.iso.datetime(),
})
export type MappingTemplate = z.infer<typeof mappingTemplateSchema>
