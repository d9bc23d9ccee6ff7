const REPLICATE = /^(.+?)[ ._-]?rep(?:licate)?[ ._-]?(\d+)$/i

/**
 * Which cell type and replicate a column's name speaks of. `HepG2_rep1` is replicate 1 of HepG2 where another of `names` is
 * another replicate of HepG2; alone it is a cell type of that name.
 */
export function replicateOf(name: string, names: readonly string[]): { readonly cellType: string; readonly replicate: string } {
  const [, cellType, replicate] = REPLICATE.exec(name) ?? []
  const siblings = names.filter((other) => REPLICATE.exec(other)?.[1] === cellType)
  if (cellType === undefined || replicate === undefined || siblings.length < 2 || names.includes(cellType))
    return { cellType: name, replicate: '1' }
  return { cellType, replicate }
}
