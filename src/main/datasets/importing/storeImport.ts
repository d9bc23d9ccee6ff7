import type { StageProgress } from '../../../shared/contract/calls/inputs.ts'
import type { ImportDecisions } from '../../../shared/domain/importing.ts'
import type { Origin } from '../../../shared/domain/origin.ts'
import type { WritableDatabase } from '../../db/database.ts'
import { refuseTakenName } from '../../db/datasets.ts'
import { storeInTurns } from '../../db/storeInTurns.ts'
import type { Breathe } from '../breathe.ts'
import { assembleDataset } from './assembleDataset.ts'
import { lookAt } from './reviewImport.ts'
import type { PreparedContent } from './selectElements.ts'

/** What storing a dataset needs from outside. */
export interface Storing {
  readonly database: WritableDatabase
  /** Where unfinished work may lie; emptied when the workspace is opened. */
  readonly scratchFolder: string
  readonly now: () => Date
  readonly breathe: Breathe
  readonly progress: (value: StageProgress) => void
}

export interface NamedImport {
  readonly name: string
  readonly simulated: boolean
  readonly decisions: ImportDecisions
  readonly origin: Origin
}

/**
 * Writes what was read as a dataset, whole or not at all: a failure, a stop or a crash at any moment leaves the database as
 * it was.
 *
 * @returns the dataset's id
 * @throws WorkbenchError where its name is taken, or it cannot be written under its decisions
 */
export async function storeImport(
  prepared: PreparedContent,
  { name, simulated, decisions, origin }: NamedImport,
  { database, scratchFolder, now, breathe, progress }: Storing,
): Promise<number> {
  refuseTakenName(database, name)
  progress({ stage: 'Matching names', done: 0, total: null })
  await breathe()
  const looked = await lookAt(prepared, decisions, breathe)
  const assembled = await assembleDataset(looked, breathe, progress)
  progress({ stage: 'Saving', done: 0, total: null })
  await breathe()
  const dataset = { ...assembled, name, simulated, origin, createdAt: now().toISOString() }
  return storeInTurns(database, scratchFolder, dataset, breathe)
}
