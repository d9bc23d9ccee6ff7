import type { ColumnRole, TableMapping } from '../../../../src/shared/domain/mapping.ts'
import type { ChosenFile, ChosenTable, TableInspection } from '../../../../src/renderer/stores/chosenFiles.ts'

export const source = (name: string) => ({ kind: 'upload', upload: `upload of ${name}`, name }) as const

export const fasta = (file = 'ENCFF795PSI.fasta'): ChosenFile => ({
  source: source(file),
  size: 1000,
  inspection: { kind: 'fasta', file, firstName: 'a', length: 230 },
  mapping: null,
})
export const genome: ChosenFile = {
  source: source('hg38.fa'),
  size: 1000,
  inspection: { kind: 'genome', file: 'hg38.fa', firstName: 'chr1', indexed: false },
  mapping: null,
}

/** A table with the roles of its columns, and its first rows. */
export function table(
  file: string,
  roles: Readonly<Record<string, ColumnRole>>,
  { rows = [], ...more }: Partial<TableMapping> & { rows?: string[][] } = {},
): ChosenTable {
  const header = Object.keys(roles)
  const mapping: TableMapping = {
    header: 'first-line',
    columns: Object.entries(roles).flatMap(([column, is]) => (is.role === 'ignore' ? [] : [{ column, is }])),
    decimal: '.',
    firstBase: 0,
    ...more,
  }
  const inspection: TableInspection = {
    kind: 'table',
    file,
    format: { encoding: 'UTF-8', delimiter: '\t', decimal: '.', compressed: false },
    sheets: [],
    sheet: null,
    header,
    guesses: header.map((column) => ({ column, is: roles[column]!, confidence: 0.9, reason: 'its name says so' })),
    mapping,
    rows,
    lines: rows.map((_, i) => i + 2),
  }
  return { source: source(file), size: 1000, inspection, mapping }
}

/** An activity file of ENCODE. */
export const activities = (cellType: string): ChosenTable =>
  table(`${cellType}.tsv`, {
    condition: { role: 'cellType' },
    replicate: { role: 'replicate' },
    name: { role: 'name' },
    log2: { role: 'activity' },
    n_obs_bc: { role: 'barcodes' },
  })
