import type { FindingKind } from '../../../shared/domain/importing.ts'
import { field } from '../../scans/scoresTsv.ts'
import type { LookedAt } from './reviewImport.ts'

/** All places of one kind of findings as a TSV (`name file line detail`); the header alone where there are none. */
export function findingTable({ found }: LookedAt, kind: FindingKind): { fileName: string; bytes: Uint8Array } {
  const rows = ['name\tfile\tline\tdetail\n']
  for (const { name, file = '', line = '', detail = '' } of found.find((one) => one.kind === kind)?.places() ?? [])
    rows.push(`${field(name)}\t${field(file)}\t${line}\t${field(detail)}\n`)
  return { fileName: `${kind}.tsv`, bytes: new TextEncoder().encode(rows.join('')) }
}
