import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Connection } from '../../../../../src/main/db/database.ts'
import { migrate, migrations } from '../../../../../src/main/db/migrate.ts'
import { readBackground, readBases, readChunks } from '../../../../../src/main/db/scanChunks.ts'
import { readScan, readScans, readScanSource } from '../../../../../src/main/db/scans.ts'
import { toBlob } from '../../../../../src/main/db/vectors.ts'

let database: Database.Database
beforeEach(() => {
  database = new Database(':memory:')
  database.pragma('foreign_keys = ON')
})
afterEach(() => {
  database.close()
})
const upTo = (version: number) => migrations.filter((step) => step.version <= version)

it('keeps the scans of runs and of models with their scores, and says what scored them', () => {
  migrate(database, upTo(5))
  database.exec(`
    INSERT INTO datasets (id, name, created_at, simulated, fingerprint, elements, rows, length, minimum_barcodes, adapters, report)
      VALUES (1, 'liver', 't', 0, 'f', 0, 0, 50, 0, '{}', '{}');
    INSERT INTO splits (id, dataset, name, kind, seed, created_at, assignment, groups, leakage) VALUES (1, 1, 's', 'group', 1, 't', x'', 0, '{}');
    INSERT INTO experiments (id, dataset, split, created_at) VALUES (1, 1, 1, 't');
    INSERT INTO runs (id, experiment, variant, recipe, seed, state, created_at) VALUES (7, 1, 'full', '{"target":"specificity"}', 1, 'completed', 't');
    INSERT INTO models (id, name, imported_at, file, content, sha256, weights_sha256, description)
      VALUES (3, 'theirs', 't', 'f', x'', 'a', 'b', '{"target":{"kind":"log2"}}');
    INSERT INTO scans (id, name, run, state, created_at, cell_types, model_length, scored, skipped, seconds)
      VALUES (1, 'mine', 7, 'completed', '2026-01-01T00:00:00Z', '["HepG2","K562"]', 50, 2, 1, 1.5);
    INSERT INTO scans (id, name, model, state, created_at, cell_types, model_length, message)
      VALUES (2, 'with theirs', 3, 'failed', '2026-01-02T00:00:00Z', '["HepG2"]', 60, 'no');
    INSERT INTO scan_skipped (scan, position, name, line, reason) VALUES (1, 0, 'p', 5, 'no DNA');
  `)
  database
    .prepare('INSERT INTO scan_chunks (scan, start, sequences, scores) VALUES (1, 0, ?, ?)')
    .run(
      JSON.stringify({ names: ['a', 'b'], lines: [1, 3], lengths: [50, 70], fitted: [[1, 'the middle']] }),
      toBlob(Float32Array.of(1, 2, 3, 4)),
    )
  migrate(database, upTo(6))
  const connection = new Connection(database)
  expect(readScan(connection, 1)).toMatchObject({
    name: 'mine',
    models: [
      {
        reference: { run: 7 },
        name: 'full, trained on liver',
        target: 'specificity',
        cellTypes: ['HepG2', 'K562'],
        length: 50,
        members: 1,
        available: true,
      },
    ],
    columns: [
      { key: 'HepG2', model: 0, cellType: 'HepG2' },
      { key: 'K562', model: 0, cellType: 'K562' },
    ],
    target: 'specificity',
    options: { long: 'middle', shuffled: 0, stride: 20 },
    file: 'mine',
    state: 'completed',
    scored: 2,
    skipped: 1,
    records: 3,
    windows: 0,
    seconds: 1.5,
    binnedAt: null,
  })
  expect(readScan(connection, 2)).toMatchObject({
    models: [{ reference: { model: 3 }, name: 'theirs, imported', target: 'log2' }],
    state: 'failed',
    message: 'no',
    records: null,
  })
  expect(readScans(connection).map(({ id }) => id)).toEqual([2, 1])
  const [chunk] = [...readChunks(connection, 1)]
  expect(chunk).toMatchObject({ start: 0, gc: null, distance: null, flags: null, spread: null })
  expect(chunk!.sequences).toEqual([
    { name: 'a', line: 1, length: 50, fitted: null, windows: 0 },
    { name: 'b', line: 3, length: 70, fitted: 'the middle', windows: 0 },
  ])
  expect([...chunk!.scores]).toEqual([1, 2, 3, 4])
  expect(readBases(connection, 1, 0)).toBeNull()
  expect(readBackground(connection, 1, 'training').size).toBe(0)
  expect(readScanSource(connection, 1)).toBeUndefined()
})

it('lets a run or a model go without its scans', () => {
  migrate(database, upTo(6))
  const references = database.pragma('foreign_key_list(scans)') as unknown[]
  expect(references).toEqual([])
  database.exec(`
    INSERT INTO scans (id, name, models, columns, target, options, layout, file, state, created_at, model_length, window_length)
      VALUES (1, 's', '[{"reference":{"run":9},"name":"gone","target":"log2","cellTypes":["A"],"length":5,"members":1}]',
        '[{"key":"A","model":0,"cellType":"A"}]', 'log2', '{}', 'fasta', 'f', 'completed', '2026-01-01T00:00:00Z', 5, 5)`)
  expect(readScan(new Connection(database), 1).models[0]).toMatchObject({ name: 'gone', available: false })
})
