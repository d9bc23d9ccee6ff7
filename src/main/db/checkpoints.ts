import type { ReadableDatabase, WritableDatabase } from './database.ts'

/** `resume` goes on with training; `model` is a finished run's result. */
export type CheckpointPurpose = 'resume' | 'model'

/** A file in the workspace's checkpoints folder, and what it must be. */
export interface StoredCheckpoint {
  readonly epoch: number
  /** Relative to the checkpoints folder. */
  readonly file: string
  readonly sha256: string
  readonly bytes: number
}

export function readStoredCheckpoint(database: ReadableDatabase, run: number, purpose: CheckpointPurpose): StoredCheckpoint | undefined {
  return database
    .prepare<StoredCheckpoint>('SELECT epoch, file, sha256, bytes FROM checkpoints WHERE run = ? AND purpose = ?')
    .get(run, purpose)
}

/** Every file that a run still needs. */
export function readCheckpointFiles(database: ReadableDatabase): string[] {
  return database
    .prepare<{ file: string }>('SELECT file FROM checkpoints')
    .all()
    .map(({ file }) => file)
}

export function saveStoredCheckpoint(database: WritableDatabase, run: number, purpose: CheckpointPurpose, stored: StoredCheckpoint): void {
  database
    .prepare('INSERT OR REPLACE INTO checkpoints (run, purpose, epoch, file, sha256, bytes) VALUES (?, ?, ?, ?, ?, ?)')
    .run(run, purpose, stored.epoch, stored.file, stored.sha256, stored.bytes)
}

export function dropStoredCheckpoint(database: WritableDatabase, run: number, purpose: CheckpointPurpose): void {
  database.prepare('DELETE FROM checkpoints WHERE run = ? AND purpose = ?').run(run, purpose)
}
