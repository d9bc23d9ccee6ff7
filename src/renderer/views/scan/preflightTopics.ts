import type { Preflight, PreflightClass } from '../../../shared/domain/scan.ts'
import { countOf } from '../../../shared/text/numbers.ts'
import type { ScanSettings } from '../../stores/scanSettings.ts'

/** What the pre-flight says of one kind of records, with whatever the person can do about it. */
export interface Topic {
  readonly key: PreflightClass['kind'] | 'long' | 'short' | 'not-seen' | 'seen-not-known'
  readonly level: PreflightClass['level'] | 'fine'
  readonly message: string
  /** First examples; each can be taken out where that makes sense. */
  readonly first: PreflightClass['first']
  /** How many there are beside the first. */
  readonly more: number
  readonly canTakeOut: boolean
}

/**
 * Always in this order, so that nothing jumps when the sequences are looked through again. `long` and `short` are about a setting
 * too, and stay in sight once it was changed.
 */
const order: readonly (Topic['key'] | readonly [Topic['key'], readonly PreflightClass['kind'][]])[] = [
  'skipped',
  'seen-in-training',
  'not-seen',
  'seen-not-known',
  ['long', ['windows', 'middle']],
  ['short', ['padded']],
  'adapters-missing',
  'adapters-added',
  'ambiguous',
  'repeated-names',
  'repeated-sequences',
  'lower-case',
  'rna',
  'fits',
]
const leftAlone: readonly Topic['key'][] = ['skipped', 'adapters-added', 'lower-case', 'rna', 'fits']

export function preflightTopics(
  preflight: Pick<Preflight, 'classes' | 'seen' | 'scorable' | 'skipped' | 'skippedCount'>,
  settings: Pick<ScanSettings, 'long' | 'short' | 'seen' | 'takenOut'>,
): Topic[] {
  return order.flatMap((entry): Topic[] => {
    const [key, kinds] = typeof entry === 'string' ? ([entry, [entry]] as const) : entry
    const found = preflight.classes.filter(({ kind }) => (kinds as readonly string[]).includes(kind))
    const [first] = found
    if (key === 'skipped' && settings.takenOut.length > 0) return unscorable(preflight, settings.takenOut)
    if (first) {
      return [
        {
          key,
          level: key === 'fits' ? 'fine' : first.level,
          message: found.map(({ message }) => message).join(' '),
          first: first.first,
          more: first.count - first.first.length,
          canTakeOut: !leftAlone.includes(key),
        },
      ]
    }
    const stated = statementOf(key, preflight, settings)
    return stated ? [{ key, ...stated, first: [], more: 0, canTakeOut: false }] : []
  })
}

/** What cannot be scored beside what the person took out, which is told elsewhere. */
function unscorable(
  { skipped, skippedCount, scorable }: Pick<Preflight, 'skipped' | 'skippedCount' | 'scorable'>,
  takenOut: ScanSettings['takenOut'],
): Topic[] {
  const lines = new Set(takenOut.map(({ line }) => line))
  const count = skippedCount - lines.size
  const first = skipped.find(({ line }) => !lines.has(line))
  if (count < 1 || !first) return []
  const where = `${first.name}, line ${first.line}: ${first.reason}`
  const message = count === 1 ? where : `${countOf(count, 'sequence')} cannot be scored, the first for this reason: ${where}`
  return [{ key: 'skipped', level: scorable === 0 ? 'error' : 'warning', message, first: [], more: 0, canTakeOut: false }]
}

function statementOf(
  key: Topic['key'],
  { seen, scorable, classes }: Pick<Preflight, 'classes' | 'seen' | 'scorable'>,
  settings: Pick<ScanSettings, 'long' | 'short' | 'seen'>,
): Pick<Topic, 'level' | 'message'> | null {
  if (key === 'long' && settings.long !== 'windows') {
    return {
      level: 'info',
      message:
        settings.long === 'skip' ? 'Sequences longer than the model reads are skipped.' : 'No sequence is longer than the model reads.',
    }
  }
  if (key === 'short' && settings.short === 'skip') return { level: 'info', message: 'Sequences shorter than the model reads are skipped.' }
  if (!settings.seen || scorable === 0) return null
  if (key === 'seen-not-known' && seen === null) {
    return {
      level: 'info',
      message: 'Whether the model has seen these sequences cannot be told: the data that it was trained on are not in this workspace.',
    }
  }
  if (key === 'not-seen' && seen !== null && !classes.some(({ kind }) => kind === 'seen-in-training')) {
    return { level: 'fine', message: 'None of them is in the model’s data, nor overlaps them by 30 bases or more.' }
  }
  return null
}

/** What the pre-flight notes beside its classes. */
export function otherNotes({ notes, classes }: Pick<Preflight, 'notes' | 'classes'>): Preflight['notes'] {
  return notes.filter(({ message }) => !classes.some((known) => known.message === message))
}
