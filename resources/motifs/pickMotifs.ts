import Database from 'better-sqlite3'
import { isDeepStrictEqual } from 'node:util'

/**
 * `node resources/motifs/pickMotifs.ts JASPAR2018.sqlite JASPAR2026.sqlite`: picks the matrices that the workbench ships out of the first
 * database and the families of their factors out of the second, for the same matrices.
 */
const wanted = [
  'Hnf4a', 'HNF1A', 'CEBPA', 'Foxa2', 'Gata1', 'GATA1::TAL1', 'Klf1', 'NFE2', 'Pou5f1::Sox2', 'Sox2', 'TEAD1', 'SP1', 'NRF1', 'Gabpa',
  'FOS::JUN', 'YY1', 'REST', 'CTCF',
]

const [matrices, families] = process.argv.slice(2, 4).map((path) => new Database(path, { readonly: true, fileMustExist: true }))
if (!matrices || !families) throw new Error('Name the databases of JASPAR 2018 and JASPAR 2026.')

const lines = wanted.map((name) => {
  const { row, id } = latest(name)
  const counts = countsOf(matrices, row)
  const newer = rowOf(families, id)
  if (!isDeepStrictEqual(counts, countsOf(families, newer))) throw new Error(`${id} is not the same in both.`)
  return `    { "id": "${id}", "name": "${name}", "family": ${JSON.stringify(familyOf(newer))}, "counts": ${JSON.stringify(counts)} }`
})
process.stdout.write(
  `{\n  "source": "JASPAR 2018 CORE vertebrates (Khan et al. 2018, doi 10.1093/nar/gkx1126)",\n  "families": "JASPAR 2026",\n` +
    `  "licence": "CC BY 4.0",\n  "motifs": [\n${lines.join(',\n')}\n  ]\n}\n`,
)

/** The newest version of a factor's matrix. */
function latest(name: string): { row: number; id: string } {
  const found = matrices!
    .prepare<[string], { row: number; base: string; version: number }>(
      `SELECT id AS row, base_id AS base, version AS version FROM matrix WHERE collection = 'CORE' AND name = ? COLLATE BINARY ORDER BY version DESC LIMIT 1`,
    )
    .get(name)
  if (!found) throw new Error(`${name} is not in the first database.`)
  return { row: found.row, id: `${found.base}.${found.version}` }
}

function rowOf(database: Database.Database, id: string): number {
  const found = database
    .prepare<string[], { row: number }>(`SELECT id AS row FROM matrix WHERE collection = 'CORE' AND base_id = ? AND version = ?`)
    .get(...id.split('.'))
  return found?.row ?? fail(`${id} is not in the second database.`)
}

/** A row a position, the bases in the order A, C, G, T. */
function countsOf(database: Database.Database, row: number): number[][] {
  const cells = database
    .prepare<[number], { position: number; val: number }>(
      'SELECT CAST(col AS INTEGER) AS position, val AS val FROM matrix_data WHERE id = ? ORDER BY position, row',
    )
    .all(row)
  return Array.from({ length: cells.length / 4 }, (_, i) => cells.slice(4 * i, 4 * i + 4).map(({ val }) => val))
}

/** Of a pair of factors both. */
function familyOf(row: number): string {
  const found = families!
    .prepare<[number], { val: string }>(`SELECT val AS val FROM matrix_annotation WHERE id = ? AND tag = 'family' ORDER BY rowid`)
    .all(row)
  return found.map(({ val }) => val).join('::') || fail(`${row} has no family.`)
}

function fail(message: string): never {
  throw new Error(message)
}
