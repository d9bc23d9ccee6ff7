import { WorkbenchError } from '../../shared/domain/errors.ts'
import {
  settingsKey,
  splitSettingsSchema,
  type Leakage,
  type LeakagePair,
  type Split,
  type SplitKind,
  type SplitSettings,
} from '../../shared/domain/split.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { toBlob } from './vectors.ts'

/** A split that is made once and, from its first use, never changed. */
export interface NewSplit {
  readonly dataset: number
  readonly name: string
  readonly settings: SplitSettings
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** Index in `parts` of each element, in the dataset's order. */
  readonly assignment: Uint8Array
  readonly groups: number
  readonly leakage: Leakage
  readonly audit: readonly LeakagePair[]
}

interface SplitRow {
  id: number
  dataset: number
  name: string
  kind: SplitKind
  seed: number
  settings: string
  createdAt: string
  assignment: Uint8Array
  groups: number
  leakage: string
  experiments: number
}

const selectSplits = /* sql */ `
  SELECT id, dataset, name, kind, seed, settings, created_at AS createdAt, assignment, groups, leakage,
    (SELECT count(*) FROM experiments WHERE split = splits.id) AS experiments
  FROM splits`

/**
 * Stores a split; where the dataset has one of the same settings by now, that one stands.
 *
 * @throws WorkbenchError `conflict` where another split of the dataset has the name
 */
export function insertSplit(database: WritableDatabase, split: NewSplit): Split {
  return database.transaction(() => {
    const stored = findSplit(database, split.dataset, split.settings)
    if (stored) return stored
    refuseTakenName(database, split.dataset, split.name)
    const { kind, seed, ...settings } = split.settings
    const { lastInsertRowid: id } = database
      .prepare(
        `INSERT INTO splits (dataset, name, kind, seed, settings, created_at, assignment, groups, leakage)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        split.dataset,
        split.name,
        kind,
        seed,
        JSON.stringify(settings),
        split.createdAt,
        toBlob(split.assignment),
        split.groups,
        JSON.stringify({ ...split.leakage, pairs: split.audit }),
      )
    return readSplit(database, id)
  })
}

/** The split of a dataset that was made with these settings. */
export function findSplit(database: ReadableDatabase, dataset: number, settings: SplitSettings): Split | undefined {
  const key = settingsKey(settings)
  return database
    .prepare<SplitRow>(`${selectSplits} WHERE dataset = ? AND kind = ? AND seed = ? ORDER BY id`)
    .all(dataset, settings.kind, settings.seed)
    .map(toSplit)
    .find((split) => settingsKey(split.settings) === key)
}

/** The splits of a dataset in the order in which they were made. */
export function readSplits(database: ReadableDatabase, dataset: number): Split[] {
  return database.prepare<SplitRow>(`${selectSplits} WHERE dataset = ? ORDER BY id`).all(dataset).map(toSplit)
}

/** @throws WorkbenchError `not-found` */
export function readSplit(database: ReadableDatabase, id: number): Split {
  return toSplit(findRow(database, id))
}

/** Index in `parts` of each element, in the dataset's order. @throws WorkbenchError `not-found` */
export function readAssignment(database: ReadableDatabase, id: number): Uint8Array {
  return Uint8Array.from(findRow(database, id).assignment)
}

/** @throws WorkbenchError `not-found`, or `conflict` where it is used or the name is taken */
export function renameSplit(database: WritableDatabase, id: number, name: string): Split {
  return database.transaction(() => {
    const split = readSplit(database, id)
    if (split.name === name) return split
    refuseUsed(split, 'renamed')
    refuseTakenName(database, split.dataset, name)
    database.prepare('UPDATE splits SET name = ? WHERE id = ?').run(name, id)
    return { ...split, name }
  })
}

/** @throws WorkbenchError `not-found`, or `conflict` where it is used */
export function removeSplit(database: WritableDatabase, id: number): void {
  database.transaction(() => {
    refuseUsed(readSplit(database, id), 'removed')
    database.prepare('DELETE FROM splits WHERE id = ?').run(id)
  })
}

/** A name that no split of the dataset has: the wanted one, or that with a number behind it. */
export function freeSplitName(database: ReadableDatabase, dataset: number, wanted: string): string {
  const taken = new Set(readNames(database, dataset))
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted} (${number})`
    if (!taken.has(name)) return name
  }
}

function readNames(database: ReadableDatabase, dataset: number): string[] {
  return database
    .prepare<{ name: string }>('SELECT name FROM splits WHERE dataset = ?')
    .all(dataset)
    .map(({ name }) => name)
}

/** @throws WorkbenchError `conflict` where a split of the dataset has the name */
export function refuseTakenName(database: ReadableDatabase, dataset: number, name: string): void {
  if (!readNames(database, dataset).includes(name)) return
  throw new WorkbenchError('conflict', `There is a split named ${name} of this dataset already.`, { hint: 'Choose another name.' })
}

function refuseUsed({ name, experiments }: Split, what: 'renamed' | 'removed'): void {
  if (experiments === 0) return
  const used = experiments === 1 ? 'an experiment uses it' : `${experiments} experiments use it`
  throw new WorkbenchError('conflict', `${name} cannot be ${what}: ${used}.`, {
    hint: 'What a run was tested on stays as it was. Make another split instead.',
  })
}

function findRow(database: ReadableDatabase, id: number): SplitRow {
  const row = database.prepare<SplitRow>(`${selectSplits} WHERE id = ?`).get(id)
  if (!row) throw new WorkbenchError('not-found', 'That split is not in this workspace.', { hint: 'Choose a split from the list.' })
  return row
}

function toSplit({ assignment, settings, leakage, kind, seed, ...row }: SplitRow): Split {
  const sizes = [0, 0, 0]
  for (const part of assignment) sizes[part]!++
  // Splits of an earlier version have no audit by pairs.
  const { pairs = [], ...counts } = JSON.parse(leakage) as Leakage & { pairs?: LeakagePair[] }
  return {
    ...row,
    kind,
    seed,
    settings: splitSettingsSchema.parse({ ...(JSON.parse(settings) as object), kind, seed }),
    sizes: { train: sizes[0]!, validation: sizes[1]!, test: sizes[2]! },
    leakage: counts,
    audit: pairs,
  }
}
