import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Connection } from '../../../../../src/main/db/database.ts'
import { migrate, migrations } from '../../../../../src/main/db/migrate.ts'
import { readScan, readScorePage, readScoresFrom } from '../../../../../src/main/db/scans.ts'

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
  const connection = new Connection(database)
  const scan = readScan(connection, 1)
  const rows = (scores: readonly { name: string; scores: number[] }[]) => scores.map(({ name, scores: values }) => [name, ...values])
  expect(rows(readScoresFrom(connection, scan, 0, 10))).toEqual([
    ['a', Math.fround(0.1), 4],
    ['b', -2, 5],
    ['c', 3, 6.5],
  ])
  const byHepG2 = { offset: 0, limit: 2, search: '', sort: { by: 'HepG2', descending: false } }
  expect(rows(readScorePage(connection, scan, byHepG2).scores)).toEqual([
    ['b', -2, 5],
    ['a', Math.fround(0.1), 4],
  ])
  expect(readScorePage(connection, readScan(connection, 2), byHepG2)).toEqual({ total: 0, scores: [] })
})
