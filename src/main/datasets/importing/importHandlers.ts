import type { WorkbenchHandlers } from '../../../shared/contract/workbench.ts'
import type { DatasetDetail } from '../../../shared/domain/dataset.ts'
import { importDecisionsSchema, type ImportDecisions } from '../../../shared/domain/importing.ts'
import type { WritableDatabase } from '../../db/database.ts'
import { findTwins } from '../../db/datasetTwins.ts'
import { breather, type Breathe } from '../breathe.ts'
import { fingerprintOf } from './assembleDataset.ts'
import { findingTable } from './findingTable.ts'
import { inspectSources } from './inspectSources.ts'
import { originOf } from './originOf.ts'
import { PreparedImports } from './preparedImports.ts'
import { readPlan } from './readPlan.ts'
import { lookAt, reviewOf, type LookedAt } from './reviewImport.ts'
import { seldom } from './seldom.ts'
import { PreparedContent } from './selectElements.ts'
import { storeImport } from './storeImport.ts'

/** What the calls of an import need from outside. */
export interface ImportDependencies {
  readonly database: WritableDatabase
  readonly uploadsFolder: string
  readonly now: () => Date
  /** Tells everybody of a new dataset, and gives it as a page sees it. */
  readonly made: (id: number) => DatasetDetail
}

type ImportCalls = 'inspect' | 'prepare' | 'review' | 'finding' | 'commit' | 'discard'

/** The calls by which files become a dataset. */
export function importHandlers({
  database,
  uploadsFolder,
  now,
  made,
}: ImportDependencies): Pick<WorkbenchHandlers['datasets'], ImportCalls> {
  const imports = new PreparedImports()
  const look = (handle: string, decisions: ImportDecisions, signal: AbortSignal): Promise<LookedAt> =>
    lookAt(imports.get(handle).prepared, decisions, breather(signal))
  return {
    inspect: ({ sources, sheet, header }) => inspectSources(sources, uploadsFolder, { sheet, header }),
    prepare: async ({ plan }, { signal, progress }) => {
      const breathe = breather(signal)
      const prepared = await PreparedContent.of(await readPlan(plan, { uploadsFolder, breathe, progress: seldom(progress) }), breathe)
      // What a first look has to work out is there when the page asks for it.
      progress({ stage: 'Checking', done: 0, total: null })
      await lookAt(prepared, importDecisionsSchema.parse({}), breathe)
      return {
        prepared: imports.add({ plan, prepared }),
        files: prepared.content.files,
        fromCounts: prepared.fromCounts,
        countsBarcodes: prepared.countsBarcodes,
      }
    },
    review: async ({ prepared, decisions }, { signal }) => {
      const looked = await look(prepared, decisions, signal)
      return { ...reviewOf(looked), sameAs: await sameAs(database, looked, breather(signal)) }
    },
    finding: async ({ prepared, decisions, kind }, { signal }) => findingTable(await look(prepared, decisions, signal), kind),
    commit: async ({ prepared: handle, name, decisions }, { signal, progress }) => {
      const { plan, prepared } = imports.get(handle)
      const storing = { database, scratchFolder: uploadsFolder, now, breathe: breather(signal), progress: seldom(progress) }
      const id = await storeImport(prepared, { name, simulated: false, decisions, origin: originOf(plan, decisions) }, storing)
      imports.delete(handle)
      return made(id)
    },
    discard: ({ prepared }) => {
      imports.delete(prepared)
      return {}
    },
  }
}

/** Datasets with the same content. Fingerprints are taken only where a dataset of the same size is there. */
async function sameAs(database: WritableDatabase, looked: LookedAt, breathe: Breathe): Promise<{ id: number; name: string }[]> {
  if (looked.problem) return []
  const size = {
    elements: looked.selection.elements.length,
    rows: looked.rows,
    length: looked.length,
    minimumBarcodes: looked.selection.minimumBarcodes,
  }
  const alike = findTwins(database, size)
  if (alike.length === 0) return []
  const mark = await fingerprintOf(looked, breathe)
  return alike.filter(({ fingerprint }) => fingerprint === mark).map(({ id, name }) => ({ id, name }))
}
