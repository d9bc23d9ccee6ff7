import { scanOptionsSchema, type ScanOptions, type SequenceColumns } from '../../shared/domain/scan.ts'
import type { Source } from '../../shared/domain/source.ts'

/** A record that the person takes out. */
export interface TakenOut {
  readonly name: string
  readonly line: number
}

/** How records come before the model, as the form has it: numbers as they are typed. */
export interface ScanSettings {
  long: ScanOptions['long']
  stride: string
  /** Empty for what the model reads. */
  windowLength: string
  short: ScanOptions['short']
  shortest: string
  /** In percent. */
  ambiguous: string
  strands: ScanOptions['strands']
  takenOut: readonly TakenOut[]
  columns: SequenceColumns | null
  genome: Source | null
  shuffled: string
  seed: string
  seen: boolean
}
export type TypedSetting = 'stride' | 'windowLength' | 'shortest' | 'ambiguous' | 'shuffled' | 'seed'

const fresh = scanOptionsSchema.parse({})

export function freshSettings(): ScanSettings {
  return {
    long: fresh.long,
    stride: String(fresh.stride),
    windowLength: '',
    short: fresh.short,
    shortest: String(fresh.shortest),
    ambiguous: String(100 * fresh.ambiguousShare),
    strands: fresh.strands,
    takenOut: [],
    columns: null,
    genome: null,
    shuffled: String(fresh.shuffled),
    seed: String(fresh.seed),
    seen: fresh.seen,
  }
}

interface Range {
  readonly from: number
  readonly to: number
  readonly says: string
}
const ranges: Readonly<Record<TypedSetting, Range>> = {
  stride: { from: 1, to: 100_000, says: 'A whole number of bases, from 1 to 100,000.' },
  windowLength: { from: 1, to: 1_000_000, says: 'A whole number of bases, from 1 to 1,000,000; empty for what the model reads.' },
  shortest: { from: 1, to: 1_000_000_000, says: 'A whole number of bases, at least 1.' },
  ambiguous: { from: 0, to: 100, says: 'From 0 to 100 %.' },
  shuffled: { from: 0, to: 10_000, says: 'A whole number from 0 to 10,000.' },
  seed: { from: 0, to: Number.MAX_SAFE_INTEGER, says: 'A whole number from 0.' },
}

/** What is wrong with a number as it is typed; null where nothing is. Thousands may be set apart by commas or spaces. */
export function settingProblem(field: TypedSetting, text: string): string | null {
  if (field === 'windowLength' && text.trim() === '') return null
  const { from, to, says } = ranges[field]
  const value = typedNumber(text)
  const whole = field === 'ambiguous' || Number.isInteger(value)
  return whole && value >= from && value <= to ? null : says
}

/** The settings as a scan takes them; null where one of the numbers is none. */
export function toScanOptions(settings: ScanSettings): ScanOptions | null {
  if ((Object.keys(ranges) as TypedSetting[]).some((field) => settingProblem(field, settings[field]) !== null)) return null
  const { long, short, strands, columns, genome, seen } = settings
  return {
    long,
    stride: typedNumber(settings.stride),
    windowLength: settings.windowLength.trim() === '' ? null : typedNumber(settings.windowLength),
    short,
    shortest: typedNumber(settings.shortest),
    ambiguousShare: typedNumber(settings.ambiguous) / 100,
    strands,
    skip: settings.takenOut.map(({ line }) => line),
    columns,
    genome,
    shuffled: typedNumber(settings.shuffled),
    seed: typedNumber(settings.seed),
    seen,
  }
}

function typedNumber(text: string): number {
  const plain = text.trim().replace(/(?<=\d)[, \u00a0\u202f](?=\d{3}(?!\d))/g, '')
  return /^\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
}
