import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { migrate, migrations } from '../../../../../src/main/db/migrate.ts'
import { float32FromBlob } from '../../../../../src/main/db/vectors.ts'

let database: Database.Database
beforeEach(() => {
  database = new Database(':memory:')
  database.pragma('foreign_keys = ON')
})
afterEach(() => {
  database.close()
})

it('keeps every score of the scans before it, in its place', () => {
  migrate(
    database,
    migrations.filter(({ version }) => version <= 3),
  )
  database.exec(`
    INSERT INTO models (id, name, imported_at, file, content, sha256, weights_sha256, description) VALUES (1, 'm', 't', 'f', x'', 'a', 'b', '{}');
    INSERT INTO scans (id, name, model, state, created_at, cell_types, model_length, scored)
      VALUES (1, 'one', 1, 'completed', '2026-01-01T00:00:00Z', '["HepG2","K562"]', 50, 3), (2, 'none', 1, 'failed', '2026-01-01T00:00:00Z', '["HepG2"]', 50, 0);
    INSERT INTO scan_sequences (scan, position, name, line, length) VALUES (1, 0, 'a', 1, 50), (1, 1, 'b', 3, 50), (1, 2, 'c', 5, 50);
    INSERT INTO scan_scores (scan, cell_type, position, score) VALUES (1, 1, 2, 6.5), (1, 0, 0, 0.1), (1, 1, 0, 4), (1, 0, 1, -2), (1, 1, 1, 5), (1, 0, 2, 3);
  `)
  migrate(
    database,
    migrations.filter(({ version }) => version <= 4),
  )
  const chunks = database.prepare('SELECT scan, start, sequences, scores FROM scan_chunks').all() as {
    scan: number
    start: number
    sequences: string
    scores: Uint8Array
  }[]
  expect(chunks).toHaveLength(1)
  expect(chunks[0]).toMatchObject({ scan: 1, start: 0 })
  expect(JSON.parse(chunks[0]!.sequences)).toEqual({ names: ['a', 'b', 'c'], lines: [1, 3, 5], lengths: [50, 50, 50], fitted: [] })
  expect([...float32FromBlob(chunks[0]!.scores)]).toEqual([Math.fround(0.1), 4, -2, 5, 3, 6.5])
})
