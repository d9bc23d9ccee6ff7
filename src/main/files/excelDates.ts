/** Number formats of Excel that are dates or times without being written out (ECMA-376, part 1, 18.8.30). */
const builtIn = (format: number) => (format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 58)
const DAY_MILLISECONDS = 86_400_000

/** Whether a number format shows a date or a time. */
export function isDateFormat(format: number, code: string | undefined): boolean {
  if (code === undefined) return builtIn(format)
  // Colours, conditions, quoted text and escaped letters are no part of a date.
  const bare = code.replace(/\[[^\]]*\]|"[^"]*"|\\.|_./g, '')
  return /[ymdhs]/i.test(bare) && !/general/i.test(bare)
}

/** The day of a serial number of Excel, as `2026-09-02`. In the system of 1900, Excel counts a 29 February 1900 that never was. */
export function isoDate(serial: number, since1904: boolean): string {
  const epoch = since1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30)
  const time = epoch + Math.floor(serial) * DAY_MILLISECONDS
  return Number.isFinite(time) && Math.abs(time) < 8.64e15 ? new Date(time).toISOString().slice(0, 10) : String(serial)
}

const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec'
const dates = [
  new RegExp(`^\\d{1,2}-(?:${MONTHS})(?:-\\d{2,4})?$`, 'i'),
  new RegExp(`^(?:${MONTHS})-\\d{2}$`, 'i'),
  /^(?:19|20)\d{2}-\d{2}-\d{2}$/,
]

/** Whether a name looks like a date that Excel made of a gene's name: SEPT2 becomes 2-Sep, MARCH1 becomes 1-Mar. */
export function looksLikeExcelDate(name: string): boolean {
  return dates.some((date) => date.test(name))
}
