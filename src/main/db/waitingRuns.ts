import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { readSetting, writeSetting } from './settings.ts'

const PAUSED = 'queue.paused'

/** Ids of the runs that wait, in the order in which they start. */
export function readWaitingRuns(database: ReadableDatabase): number[] {
  return database
    .prepare<{ id: number }>(`SELECT id FROM runs WHERE state = 'queued' ORDER BY queue_position, id`)
    .all()
    .map(({ id }) => id)
}

/**
 * Puts a run that waits before another one that does, or last where `before` is null.
 *
 * @throws WorkbenchError `conflict` where one of them does not wait, or not any more
 */
export function moveWaitingRun(database: WritableDatabase, id: number, before: number | null): void {
  database.transaction(() => {
    const waiting = readWaitingRuns(database)
    for (const each of before === null ? [id] : [id, before]) {
      if (!waiting.includes(each))
        throw new WorkbenchError('conflict', `Run ${each} does not wait any more.`, { hint: 'Look at the queue again.' })
    }
    if (id === before) return
    const others = waiting.filter((each) => each !== id)
    others.splice(before === null ? others.length : others.indexOf(before), 0, id)
    const place = database.prepare('UPDATE runs SET queue_position = ? WHERE id = ?')
    others.forEach((each, i) => place.run(i + 1, each))
  })
}

/** Whether nothing is to be trained until somebody says so. */
export function isQueuePaused(database: ReadableDatabase): boolean {
  return readSetting(database, PAUSED) === 'true'
}

export function setQueuePaused(database: WritableDatabase, paused: boolean): void {
  writeSetting(database, PAUSED, String(paused))
}
