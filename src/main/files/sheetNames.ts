const LONGEST_SHEET_NAME = 31

/**
 * Names of sheets as Excel takes them: 1 to 31 characters, none of `[]/\:*?`, no apostrophe at either end, not `History`, and
 * no two alike but for their case.
 */
export function sheetNames(wished: readonly string[]): string[] {
  const taken = new Set<string>(['history'])
  return wished.map((name) => {
    const clean = cut(
      name
        .replace(/[[\]/\\:*?]|\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}|\ufffd/gu, ' ')
        .replace(/\s+/g, ' ')
        .replace(/^[' ]+|[' ]+$/g, ''),
      LONGEST_SHEET_NAME,
    )
    const stem = clean || 'Sheet'
    let unique = stem
    for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = `${cut(stem, LONGEST_SHEET_NAME - ` ${n}`.length)} ${n}`
    taken.add(unique.toLowerCase())
    return unique
  })
}

/** The first so many UTF-16 units, by which Excel counts, without half a character or a blank at the end. */
function cut(text: string, units: number): string {
  return text
    .slice(0, units)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/[' ]+$/, '')
}
