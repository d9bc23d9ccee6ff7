import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { Assay, Replicate } from './assay.ts'
import type { ImportContent } from './importContent.ts'

/** A replicate whose DNA is known: its own, or a pool's. */
export interface SettledReplicate {
  readonly name: string
  readonly rows: Replicate
  /** Whose counts of DNA its RNA is divided by; null where activities came ready made. */
  readonly dna: Replicate | null
}

/** A cell type with its replicates in natural order. */
export interface SettledCellType {
  readonly name: string
  readonly assay: Assay
  readonly replicates: readonly SettledReplicate[]
}

/** The name of a replicate where the files name none. */
const ONLY = '1'

/**
 * Names replicates that have no name, and finds the DNA for each that has RNA: its own counts; or those of its cell type
 * without a replicate, which are a pool; or those without a cell type either.
 *
 * @throws WorkbenchError where there is no DNA for some RNA, or nothing was measured
 */
export function settleAssays({ assays, files }: ImportContent): SettledCellType[] {
  const shared = assays.get('')?.replicates
  const settled: SettledCellType[] = []
  for (const [cellType, assay] of assays) {
    if (cellType === '') continue
    for (const replicate of assay.replicates.values()) replicate.settleBarcodes()
    const unnamed = assay.replicates.get('')
    const isPool = unnamed !== undefined && unnamed.hasDna && !unnamed.hasRna && !unnamed.hasActivities
    const poolFor = (name: string) => (isPool ? unnamed : (shared?.get(name) ?? shared?.get('') ?? null))
    const replicates = [...assay.replicates].flatMap(([name, rows]): SettledReplicate[] => {
      if (isPool && rows === unnamed) return []
      if (rows.hasActivities && (rows.hasDna || rows.hasRna)) throw bothKinds(cellType, name)
      if (name === '' && assay.replicates.size > 1) throw halfNamed(cellType)
      return [{ name: name === '' ? ONLY : name, rows, dna: rows.hasActivities ? null : dnaFor(rows, poolFor(name), cellType, name) }]
    })
    if (replicates.length === 0) throw withoutRna(cellType)
    settled.push({ name: cellType, assay, replicates: replicates.sort((a, b) => inNaturalOrder(a.name, b.name)) })
  }
  if (settled.length === 0) {
    const names = files.map(({ name }) => name).join(', ')
    throw new WorkbenchError('invalid-input', `No column of ${names} was chosen as an activity.`, {
      file: files.at(-1)?.name,
      hint: 'Choose a column for at least one cell type.',
    })
  }
  return settled
}

function dnaFor(rows: Replicate, pool: Replicate | null, cellType: string, name: string): Replicate {
  if (!rows.hasRna && !rows.hasDna) return rows
  if (!rows.hasRna) throw withoutRna(cellType, name)
  if (rows.hasDna) return rows
  if (pool) return pool
  throw new WorkbenchError('invalid-input', `${whose(cellType, name)} has counts of RNA and none of DNA.`, {
    hint: 'Choose the column with the counts of DNA too, or the table that holds them.',
  })
}

function withoutRna(cellType: string, name = ''): WorkbenchError {
  return new WorkbenchError('invalid-input', `${whose(cellType, name)} has counts of DNA and none of RNA.`, {
    hint: 'Choose the column with the counts of RNA too, or the table that holds them.',
  })
}

function bothKinds(cellType: string, name: string): WorkbenchError {
  return new WorkbenchError('invalid-input', `${whose(cellType, name)} has activities and counts both.`, {
    hint: 'Choose the one or the other, and ignore the other columns.',
  })
}

function halfNamed(cellType: string): WorkbenchError {
  return new WorkbenchError('invalid-input', `Some values of ${cellType} have a replicate and some have none.`, {
    hint: 'Name the replicate of every column, or of none.',
  })
}

function whose(cellType: string, replicate: string): string {
  return replicate === '' ? cellType : `${cellType}, replicate ${replicate},`
}

const collator = new Intl.Collator('en', { numeric: true })
function inNaturalOrder(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
}
