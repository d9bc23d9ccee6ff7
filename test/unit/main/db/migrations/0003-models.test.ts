import Database from 'better-sqlite3'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { migrations } from '../../../../../src/main/db/migrate.ts'
import { openDatabase } from '../../../../../src/main/db/openDatabase.ts'
import { temporaryFolder } from '../../temporaryFolder.ts'

const AT = '2026-01-02T03:04:05.000Z'

/** A workspace of version 2 with two scans of a run, as that version wrote them. */
function workspaceOfVersion2(): string {
  const folder = temporaryFolder()
  openDatabase(folder, migrations.slice(0, 2)).close()
  const database = new Database(join(folder, 'workbench.db'))
  database.exec(`
    INSERT INTO datasets (id, name, created_at, simulated, fingerprint, elements, rows, length, minimum_barcodes, adapters, report)
      VALUES (1, 'library', '${AT}', 0, 'f', 0, 0, 52, 0, '{}', '{}');
    INSERT INTO splits (id, dataset, name, kind, seed, created_at, assignment, groups, leakage)
      VALUES (1, 1, 'By group, seed 1', 'group', 1, '${AT}', x'', 0, '{}');
    INSERT INTO experiments (id, dataset, split, created_at) VALUES (1, 1, 1, '${AT}');
    INSERT INTO runs (id, experiment, variant, recipe, seed, state, created_at) VALUES (3, 1, 'full', '{}', 1, 'completed', '${AT}');
    INSERT INTO scans (id, name, run, state, created_at, cell_types, model_length, scored, skipped, seconds, message)
      VALUES (5, 'first', 3, 'completed', '${AT}', '["HepG2"]', 52, 1, 1, 2.5, NULL), (6, 'second', 3, 'failed', '${AT}', '[]', 52, 0, 0, 0, 'why');
    INSERT INTO scan_sequences VALUES (5, 0, 'a', 1, 52, NULL);
    INSERT INTO scan_scores VALUES (5, 0, 0, 0.5);
    INSERT INTO scan_skipped VALUES (5, 0, 'b', 3, 'no DNA');`)
  database.close()
  return folder
}

describe('the step to version 3', () => {
  it('keeps every scan with its sequences and scores', () => {
    const database = openDatabase(workspaceOfVersion2(), migrations.slice(0, 3))
    expect(database.prepare('SELECT * FROM scans ORDER BY id DESC').all()).toMatchObject([
      { id: 6, name: 'second', run: 3, model: null, state: 'failed', message: 'why' },
      { id: 5, name: 'first', run: 3, model: null, scored: 1, skipped: 1, seconds: 2.5 },
    ])
    for (const table of ['scan_sequences', 'scan_scores', 'scan_skipped']) {
      expect(database.prepare<{ scan: number }>(`SELECT scan FROM ${table}`).all(), table).toEqual([{ scan: 5 }])
    }
    database.close()
  })

  it('lets a scan be of a run or of a model, and of nothing else, and takes what a scan has along with it', () => {
    const database = openDatabase(workspaceOfVersion2(), migrations.slice(0, 3))
    const insert = (run: number | null, model: number | null) =>
      database
        .prepare(
          `INSERT INTO scans (name, run, model, state, created_at, cell_types, model_length) VALUES ('x', ?, ?, 'completed', ?, '[]', 1)`,
        )
        .run(run, model, AT).lastInsertRowid
    database
      .prepare(
        `INSERT INTO models (id, name, imported_at, file, content, sha256, weights_sha256, description) VALUES (1, 'm', ?, 'f', x'', 's', 'w', '{}')`,
      )
      .run(AT)
    const id = insert(null, 1)
    expect(database.prepare('SELECT run, model FROM scans WHERE id = ?').get(id)).toEqual({ run: null, model: 1 })
    expect(() => insert(null, null)).toThrow(/CHECK/)
    expect(() => insert(3, 1)).toThrow(/CHECK/)
    expect(() => insert(null, 9)).toThrow(/FOREIGN KEY/)
    database.prepare('DELETE FROM scans WHERE id = 5').run()
    expect(database.prepare('SELECT * FROM scan_scores').all()).toEqual([])
    database.close()
  })
})
