import type { StageProgress } from '../../../../src/shared/contract/calls/inputs.ts'
import { importDecisionsSchema, type ImportPlan } from '../../../../src/shared/domain/importing.ts'
import { breather } from '../../../../src/main/datasets/breathe.ts'
import { originOf } from '../../../../src/main/datasets/importing/originOf.ts'
import { readPlan } from '../../../../src/main/datasets/importing/readPlan.ts'
import { PreparedContent } from '../../../../src/main/datasets/importing/selectElements.ts'
import { storeImport } from '../../../../src/main/datasets/importing/storeImport.ts'
import type { WritableDatabase } from '../../../../src/main/db/database.ts'

export interface ImportContext {
  readonly database: WritableDatabase
  readonly uploadsFolder: string
  readonly now: () => Date
  readonly progress?: ((value: StageProgress) => void) | undefined
}

/** Reads a plan and writes its dataset, as the calls do, on a database that the test has in hand. */
export async function importAtOnce(
  { name, plan }: { readonly name: string; readonly plan: ImportPlan },
  { database, uploadsFolder, now, progress = () => {} }: ImportContext,
): Promise<number> {
  const breathe = breather()
  const decisions = importDecisionsSchema.parse({})
  const prepared = await PreparedContent.of(await readPlan(plan, { uploadsFolder, breathe, progress }), breathe)
  const named = { name, simulated: false, decisions, origin: originOf(plan, decisions) }
  return storeImport(prepared, named, { database, scratchFolder: uploadsFolder, now, breathe, progress })
}
