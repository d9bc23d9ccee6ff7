const REPLICATE = /^(.+?)[ ._-]?rep(?:licate)?[ ._-]?(\d+)$/i

/** Which cell type and replicate a column's name speaks of. */
export interface NamedReplicate {
  readonly cellType: string
  readonly replicate: string
}

/**
 * Which cell type and replicate a column's name speaks of. `HepG2_rep1` is replicate 1 of HepG2 where another of `names` is
 * another replicate of HepG2; alone it is a cell type of that name.
 */
export function replicateOf(name: string, names: readonly string[]): NamedReplicate {
  return replicatesAmong(names)(name)
}

/** {@link replicateOf} for many names among the same others, which may be thousands: they are looked through once. */
export function replicatesAmong(names: readonly string[]): (name: string) => NamedReplicate {
  const all = new Set(names)
  const siblings = new Map<string, number>()
  for (const name of names) {
    const cellType = REPLICATE.exec(name)?.[1]
    if (cellType !== undefined) siblings.set(cellType, (siblings.get(cellType) ?? 0) + 1)
  }
  return (name) => {
    const [, cellType, replicate] = REPLICATE.exec(name) ?? []
    if (cellType === undefined || replicate === undefined || (siblings.get(cellType) ?? 0) < 2 || all.has(cellType))
      return { cellType: name, replicate: '1' }
    return { cellType, replicate }
  }
}
