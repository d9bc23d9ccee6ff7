import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { StageProgress } from '../../../../src/shared/contract/calls/inputs.ts'
import type { CallContext, EventName, EventValue } from '../../../../src/shared/contract/contract.ts'
import type { WorkbenchContract, WorkbenchHandlers } from '../../../../src/shared/contract/workbench.ts'
import type { DatasetDetail } from '../../../../src/shared/domain/dataset.ts'
import { importDecisionsSchema, type ImportDecisions, type ImportPlan } from '../../../../src/shared/domain/importing.ts'
import type { Source } from '../../../../src/shared/domain/source.ts'
import type { WritableDatabase } from '../../../../src/main/db/database.ts'
import { openDatabase } from '../../../../src/main/db/openDatabase.ts'
import { encodePlan, tablePlan, type Columns } from '../../../../src/main/datasets/importing/planOfFiles.ts'
import { datasetHandlers } from '../../../../src/main/datasets/datasetHandlers.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

const encodeFolder = fileURLToPath(new URL('../../../fixtures/encode', import.meta.url))

export const fixturePath = (name: string): string => join(encodeFolder, name)
export const path = (file: string): Source => ({ kind: 'path', path: file })
export const text = (name: string, content: string): Source => ({ kind: 'text', name, text: content })

/** Files as the command line names them. */
export type ImportedFiles =
  | {
      readonly kind: 'encode'
      readonly fasta: Source
      readonly activities: readonly { readonly cellType: string; readonly source: Source }[]
    }
  | { readonly kind: 'table'; readonly source: Source; readonly columns: Columns }

/** The files of test/fixtures/encode. */
export const encodeFixture: Extract<ImportedFiles, { kind: 'encode' }> = {
  kind: 'encode',
  fasta: path(fixturePath('library.fasta')),
  activities: [
    { cellType: 'HepG2', source: path(fixturePath('HepG2.tsv')) },
    { cellType: 'K562', source: path(fixturePath('K562.tsv.gz')) },
    { cellType: 'WTC11', source: path(fixturePath('WTC11.tsv.gz')) },
  ],
}

export interface TestWorkbench {
  readonly folder: string
  readonly database: WritableDatabase
  readonly datasets: WorkbenchHandlers['datasets']
  readonly events: { name: EventName<WorkbenchContract>; value: EventValue<WorkbenchContract, EventName<WorkbenchContract>> }[]
}

export const now = () => new Date('2026-11-20T12:00:00.000Z')
export const context = (
  signal = new AbortController().signal,
  progress: (value: StageProgress) => void = () => {},
): CallContext<StageProgress> => ({
  signal,
  progress,
})

/** The `datasets` calls on a workspace of their own. */
export function testWorkbench(): TestWorkbench {
  const folder = temporaryFolder()
  const database = openDatabase(folder)
  onTestFinished(() => database.close())
  const events: TestWorkbench['events'] = []
  const datasets = datasetHandlers({
    database,
    uploadsFolder: join(folder, 'uploads'),
    now,
    emit: (name, value) => events.push({ name, value }),
  })
  return { folder, database, datasets, events }
}

/** The plan of some files, as the command line makes it. */
export async function planOf(
  { datasets }: Pick<TestWorkbench, 'datasets'>,
  files: ImportedFiles,
  minimumBarcodes = 10,
): Promise<ImportPlan> {
  if (files.kind === 'table') return tablePlan(files.source, files.columns)
  const sources = files.activities.map(({ source }) => source)
  const inspections = await datasets.inspect({ sources, header: 'first-line' }, context())
  const activities = files.activities.map((file, i) => ({ ...file, inspection: inspections[i]! }))
  return encodePlan(files.fasta, activities, minimumBarcodes > 0)
}

/** Reads a plan and writes its dataset. */
export async function importPlan(
  { datasets }: Pick<TestWorkbench, 'datasets'>,
  plan: ImportPlan,
  name = 'imported',
  some: Partial<ImportDecisions> = {},
  calling = context(),
): Promise<DatasetDetail> {
  const { prepared } = await datasets.prepare({ plan }, calling)
  return datasets.commit({ prepared, name, decisions: importDecisionsSchema.parse(some) }, calling)
}

/** Imports files as the command line does. */
export async function importFiles(
  workbench: Pick<TestWorkbench, 'datasets'>,
  { name, files, minimumBarcodes = 10 }: { name: string; files: ImportedFiles; minimumBarcodes?: number },
  calling = context(),
): Promise<DatasetDetail> {
  return importPlan(workbench, await planOf(workbench, files, minimumBarcodes), name, { minimumBarcodes }, calling)
}

/** A hash of all that a workspace's database holds, on a connection of its own. */
export function contentOf(folder: string): string {
  const connection = new Database(join(folder, 'workbench.db'), { readonly: true })
  const tables = connection
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
    .pluck()
    .all() as string[]
  const hash = createHash('sha256')
  for (const table of tables)
    for (const row of connection.prepare(`SELECT * FROM ${table}`).raw().all()) hash.update(`${table} ${JSON.stringify(row)}\n`)
  connection.close()
  return hash.digest('hex')
}
