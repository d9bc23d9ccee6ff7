import { z } from 'zod'
import { importDecisionsSchema, preparedImportSchema } from '../../shared/domain/importing.ts'
import { tableMappingSchema } from '../../shared/domain/mapping.ts'
import { sourceSchema } from '../../shared/domain/source.ts'

const rememberedSchema = z.object({
  files: z.array(
    z.object({ source: sourceSchema, size: z.number(), sheet: z.string().nullable(), mapping: tableMappingSchema.nullable() }),
  ),
  preferred: z.enum(['fasta', 'table', 'regions']).nullable(),
  name: z.string(),
  named: z.boolean(),
  decisions: importDecisionsSchema,
  prepared: preparedImportSchema.nullable(),
  /** Of what `prepared` was read. */
  preparedPlan: z.string(),
  step: z.enum(['files', 'report']),
  /** The name under which it was being written, and the datasets that were there before; null where nothing was written. */
  writing: z.object({ name: z.string(), before: z.array(z.int()) }).nullable(),
})
/** An import being put together, as far as it can outlive a reload of the page. */
export type Remembered = z.infer<typeof rememberedSchema>

const KEY = 'import being put together'

/** What was being put together before the page was reloaded; null where there is nothing, or nothing that can be read. */
export function recallImport(storage: Pick<Storage, 'getItem'>): Remembered | null {
  try {
    const text = storage.getItem(KEY)
    return text === null ? null : rememberedSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Keeps an import for a reload of this page; null forgets it. */
export function rememberImport(storage: Pick<Storage, 'setItem' | 'removeItem'>, remembered: Remembered | null): void {
  try {
    if (remembered === null) storage.removeItem(KEY)
    else storage.setItem(KEY, JSON.stringify(remembered))
  } catch {
    // A page that may keep nothing, or has no room for so much: then a reload begins anew.
    storage.removeItem(KEY)
  }
}
