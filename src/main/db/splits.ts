import { WorkbenchError } from '../../shared/domain/errors.ts'
import { parts, type Leakage, type Split, type SplitKind } from '../../shared/domain/split.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { toBlob } from './vectors.ts'

/** A split that is made once and never changed. */
export interface NewSplit {
  readonly dataset: number
  readonly kind: SplitKind
  readonly seed: number
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** Index in `parts` of each element, in the dataset's order. */
  readonly assignment: Uint8Array
  readonly groups: number
  readonly leakage: Leakage
}

interface SplitRow {
  id: number
  dataset: number
  kind: SplitKind
  seed: number
  assignment: Uint8Array
  groups: number
  leakage: string
}

/** Stores a split; where the dataset has one of that kind and seed, that one stands. */
export function insertSplit(database: WritableDatabase, split: NewSplit): Split {
  database
    .prepare(
      `INSERT INTO splits (dataset, name, kind, seed, created_at, assignment, groups, leakage) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (dataset, name) DO NOTHING`,
    )
    .run(
      split.dataset,
      `${split.kind} ${split.seed}`,
      split.kind,
      split.seed,
      split.createdAt,
      toBlob(split.assignment),
      split.groups,
      JSON.stringify(split.leakage),
    )
  return findSplit(database, split.dataset, split.kind, split.seed)!
}

export function findSplit(database: ReadableDatabase, dataset: number, kind: SplitKind, seed: number): Split | undefined {
  const row = database.prepare<SplitRow>('SELECT * FROM splits WHERE dataset = ? AND kind = ? AND seed = ?').get(dataset, kind, seed)
  return row && toSplit(row)
}

/** The splits of a dataset in the order in which they were made. */
export function readSplits(database: ReadableDatabase, dataset: number): Split[] {
  return database.prepare<SplitRow>('SELECT * FROM splits WHERE dataset = ? ORDER BY id').all(dataset).map(toSplit)
}

/** @throws WorkbenchError `not-found` */
export function readSplit(database: ReadableDatabase, id: number): Split {
  return toSplit(findRow(database, id))
}

/** Index in `parts` of each element, in the dataset's order. @throws WorkbenchError `not-found` */
export function readAssignment(database: ReadableDatabase, id: number): Uint8Array {
  return Uint8Array.from(findRow(database, id).assignment)
}

function findRow(database: ReadableDatabase, id: number): SplitRow {
  const row = database.prepare<SplitRow>('SELECT * FROM splits WHERE id = ?').get(id)
  if (!row) throw new WorkbenchError('not-found', 'That split is not in this workspace.')
  return row
}

function toSplit({ id, dataset, kind, seed, assignment, groups, leakage }: SplitRow): Split {
  const count = (part: (typeof parts)[number]) => assignment.reduce((sum, code) => sum + (parts[code] === part ? 1 : 0), 0)
  return {
    id,
    dataset,
    kind,
    seed,
    sizes: { train: count('train'), validation: count('validation'), test: count('test') },
    groups,
    leakage: JSON.parse(leakage) as Leakage,
  }
}
