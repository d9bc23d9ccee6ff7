import type { ColumnRole, MappingTemplate, RoleName, TableMapping } from '../../shared/domain/mapping.ts'

/** Roles that one column of a table can have at most. */
const ONCE: ReadonlySet<RoleName> = new Set([
  'name',
  'sequence',
  'barcode',
  'cellType',
  'replicate',
  'chromosome',
  'start',
  'end',
  'strand',
])
export const measuredRoles = ['activity', 'dna', 'rna', 'barcodes'] as const
export type MeasuredRole = Extract<ColumnRole, { role: (typeof measuredRoles)[number] }>
const NOT_USED: ColumnRole = { role: 'ignore' }

export function isMeasured(is: ColumnRole): is is MeasuredRole {
  return (measuredRoles as readonly RoleName[]).includes(is.role)
}

/** What each column of a mapping holds, by its name; those that are not there are not used. */
export function rolesOf({ columns }: TableMapping): ReadonlyMap<string, ColumnRole> {
  return new Map(columns.map(({ column, is }) => [column, is]))
}

export function roleOf(roles: ReadonlyMap<string, ColumnRole>, column: string): ColumnRole {
  return roles.get(column) ?? NOT_USED
}

/** The same column in another role: whose measurement it is stays said. */
export function inRole(role: RoleName, before: ColumnRole): ColumnRole {
  const is = { role } as ColumnRole
  if (!isMeasured(is) || !isMeasured(before)) return is
  const { cellType, replicate } = before
  return { ...is, ...(cellType !== undefined && { cellType }), ...(replicate !== undefined && { replicate }) }
}

/** A measured column of another cell type or replicate; an empty text leaves it to the rows or the table. */
export function ofWhom(is: MeasuredRole, whose: { readonly cellType?: string; readonly replicate?: string }): MeasuredRole {
  const { cellType = '', replicate = '' } = { cellType: is.cellType, replicate: is.replicate, ...whose }
  return { role: is.role, ...(cellType.trim() && { cellType: cellType.trim() }), ...(replicate.trim() && { replicate: replicate.trim() }) }
}

/** Gives columns their roles. A role that only one column can have is taken from the one that had it. */
export function withRoles(mapping: TableMapping, changes: ReadonlyMap<string, ColumnRole>): TableMapping {
  const taken = new Set([...changes.values()].map(({ role }) => role).filter((role) => ONCE.has(role)))
  const roles = new Map([...rolesOf(mapping)].filter(([, { role }]) => !taken.has(role)))
  for (const [column, is] of changes) {
    if (is.role === 'ignore') roles.delete(column)
    else roles.set(column, is)
  }
  return { ...mapping, columns: [...roles].map(([column, is]) => ({ column, is })) }
}

/** A template's mapping on a table, as far as the table has its columns, and the names of those that it lacks. */
export function fitTemplate(
  { mapping }: Pick<MappingTemplate, 'mapping'>,
  header: readonly string[],
): { mapping: TableMapping; lacking: string[] } {
  const there = new Set(header)
  return {
    mapping: { ...mapping, columns: mapping.columns.filter(({ column }) => there.has(column)) },
    lacking: mapping.columns.filter(({ column }) => !there.has(column)).map(({ column }) => column),
  }
}

/** The template that a table seems to be made for: every column that it names is there. The newest, where there are several. */
export function fittingTemplate(
  templates: readonly MappingTemplate[],
  mapping: TableMapping,
  header: readonly string[],
): MappingTemplate | undefined {
  const there = new Set(header)
  return templates
    .filter((template) => template.mapping.header === mapping.header && template.mapping.columns.every(({ column }) => there.has(column)))
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0]
}
