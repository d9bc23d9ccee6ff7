import type { FileInspection, ImportPlan } from '../../shared/domain/importing.ts'
import type { TableMapping } from '../../shared/domain/mapping.ts'
import type { Source } from '../../shared/domain/source.ts'

/** A chosen file, once it was looked at, with what the person made of it. */
export interface ChosenFile {
  readonly source: Source
  /** In bytes. */
  readonly size: number
  readonly inspection: FileInspection
  /** Of a table: what its columns hold, as guessed or corrected; null of other files. */
  readonly mapping: TableMapping | null
}
export type TableInspection = Extract<FileInspection, { kind: 'table' | 'regions' }>
export interface ChosenTable extends ChosenFile {
  readonly inspection: TableInspection
  readonly mapping: TableMapping
}
/** Where the sequences of an import come from. */
export type SequenceOrigin = ImportPlan['sequences']['kind']

export function isTable(file: ChosenFile): file is ChosenTable {
  return file.mapping !== null && (file.inspection.kind === 'table' || file.inspection.kind === 'regions')
}

/** A genome's index, which looks like a table. */
export function isIndex({ inspection }: ChosenFile): boolean {
  return /\.fai$/i.test(inspection.file)
}
