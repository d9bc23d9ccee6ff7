const MISSING = '–'
const counts = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

/** A whole number with separators: `24,590`. */
export function formatCount(value: number): string {
  return withMinus(counts.format(value))
}

/** A count with its noun: `1 run`, `2 runs`. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`
}

/** A number with so many decimals and a true minus sign; an en dash where there is none. */
export function formatDecimal(value: number | null | undefined, decimals = 3): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return MISSING
  const text = value.toFixed(decimals)
  return withMinus(Number(text) === 0 ? text.replace('-', '') : text)
}

/** A setting as a person writes it: `0.0001`, never `1e-4`. */
export function formatSetting(value: number): string {
  return new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 6, useGrouping: value >= 10_000 }).format(value)
}

/** `412 B`, `1.5 kB`, `15.2 MB`: powers of a thousand. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)))
  const value = bytes / 1000 ** step
  return `${step === 0 ? String(Math.round(value)) : value.toFixed(value < 100 ? 1 : 0)} ${units[step]!}`
}

/** `under a second`, `8 s`, `3 min 20 s`, `1 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 1) return 'under a second'
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return [`${Math.floor(whole / 60)} min`, whole % 60 && `${whole % 60} s`].filter(Boolean).join(' ')
  const minutes = Math.round(seconds / 60)
  return [`${Math.floor(minutes / 60)} h`, minutes % 60 && `${minutes % 60} min`].filter(Boolean).join(' ')
}

/** `20 Nov 2026, 10:22`, in the reader's time zone. */
export function formatTime(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' })
}

function withMinus(text: string): string {
  return text.replace('-', '−')
}
