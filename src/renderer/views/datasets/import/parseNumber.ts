/** A number as it was typed, with a point or a comma; null where it is none, or outside its limits. */
export function parseNumber(text: string, { whole, min, max }: { whole: boolean; min: number; max: number }): number | null {
  const typed = text.trim().replace(',', '.')
  if (!(whole ? /^\d+$/ : /^\d*\.?\d+(?:e[+-]?\d+)?$/i).test(typed)) return null
  const number = Number(typed)
  return number >= min && number <= max ? number : null
}
