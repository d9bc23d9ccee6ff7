import type { AnnotationFeature } from '../../shared/domain/locus.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'

/** A feature on a sequence of a scan, by its position. */
export interface PlacedFeature extends AnnotationFeature {
  readonly position: number
}

/** Keeps features beside a scan's sequences, in place of those that were there. */
export function saveAnnotations(database: WritableDatabase, scan: number, features: readonly PlacedFeature[]): void {
  database.transaction(() => {
    database.prepare('DELETE FROM scan_annotations WHERE scan = ?').run(scan)
    const insert = database.prepare(
      'INSERT INTO scan_annotations (scan, position, start, end, strand, name, type) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    for (const { position, start, end, strand, name, type } of features) insert.run(scan, position, start, end, strand, name, type)
  })
}

/** Features that touch a stretch of a sequence, by their starts; of more than `most` the longest. */
export function readAnnotations(
  database: ReadableDatabase,
  scan: number,
  position: number,
  from: number,
  to: number,
  most: number,
): AnnotationFeature[] {
  return database
    .prepare<AnnotationFeature>(
      `SELECT * FROM (
         SELECT start, end, strand, name, type FROM scan_annotations
         WHERE scan = ? AND position = ? AND start < ? AND end > ? ORDER BY end - start DESC LIMIT ?
       ) ORDER BY start, end`,
    )
    .all(scan, position, to, from, most)
}
