const COORDINATES = /(?:^|[^A-Za-z0-9])(chr(?:[1-9]|1\d|2[0-2]|X|Y|M|MT|Un|[1-9][LR]|[IVX]+)(?:_[A-Za-z0-9]+)?)[:_](\d+)[-_](\d+)/
/** A column of the file that says it, where the names do not. */
const COLUMN = /^(?:chr|chrom|chromosome|seqnames?)$/i

/** The chromosome in a name that tells coordinates (`chr2:210861483-210861650`), or null. */
export function chromosomeOf(name: string): string | null {
  return COORDINATES.exec(name)?.[1] ?? null
}

/** True for the name of a column that holds chromosomes. */
export function isChromosomeColumn(name: string): boolean {
  return COLUMN.test(name.trim())
}

/** Chromosomes in their usual order: by number, then by letter. */
export function inChromosomeOrder(names: Iterable<string>): string[] {
  return [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}
