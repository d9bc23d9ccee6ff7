/**
 * Characters that XML 1.0 has no place for or advises against (section 2.2), among them halves of surrogate pairs; and the carriage
 * return, which readers of XML take for a line feed.
 */
const NOT_IN_XML = /(?![\t\n])\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}/gu
/** What Excel would read as an escape: `_x0041_` would turn to `A`. */
const READS_AS_ESCAPE = /_(?=x[0-9a-f]{4}_)/gi
const MARKUP = /[&<>"]/g
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/**
 * A text in the XML of a workbook so that whoever opens it finds it letter for letter: what would get lost or be read as something
 * else is written as the format's own escape, `_x0041_` (ECMA-376, part 1, 22.4.2.4 and 22.9.2.19).
 */
export function workbookText(text: string): string {
  return text
    .replace(READS_AS_ESCAPE, escapeUnits)
    .replace(NOT_IN_XML, escapeUnits)
    .replace(MARKUP, (sign) => ENTITIES[sign]!)
}

function escapeUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .join('')
}
