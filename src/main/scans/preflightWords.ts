import type { PreflightClass, Skipped } from '../../shared/domain/scan.ts'
import { parts, type Part } from '../../shared/domain/split.ts'
import type { Frame } from '../../shared/dna/fitBases.ts'
import { formatCount } from '../../shared/text/numbers.ts'
import { reasonOfSkipped } from './recordsToScore.ts'
import { basesRead, type ScanPlan } from './scanPlan.ts'

/** What a sentence about a class may have to tell beside its count. */
export interface ClassContext {
  readonly plan: ScanPlan
  /** That the long ones make. */
  readonly windows: number
  readonly ambiguousBases: 'zeros' | 'probabilities'
  /** Sequences by `part,relation`. */
  readonly seen: ReadonlyMap<string, number>
}

const partsInWords: Readonly<Record<Part, string>> = { train: 'in training', validation: 'for validation', test: 'for the test' }

/** One plain sentence: what the sequences of a class are, and what will happen to them. */
export function classMessage(kind: Exclude<PreflightClass['kind'], 'skipped'>, count: number, context: ClassContext): string {
  const one = count === 1
  const n = one ? '1 sequence' : `${formatCount(count)} sequences`
  const { frame, windows, options } = context.plan
  const construct = frame.prefix.length + frame.suffix.length
  const read = basesRead(frame)
  const room = construct > 0 && frame.adapters === 'keep' ? `${formatCount(read)} bases between its adapters` : `${formatCount(read)} bases`
  switch (kind) {
    case 'fits':
      return `${n} ${one ? 'fits' : 'fit'} the model as ${one ? 'it is' : 'they are'}.`
    case 'windows':
      return `${n} ${one ? 'is' : 'are'} longer than the model reads (${room}): ${one ? 'it is' : 'they are'} scored in ${formatCount(context.windows)} windows of ${formatCount(windows.length)} bases${inWindow(windows.length, read, frame)}, one every ${formatCount(options.stride)}.`
    case 'middle':
      return `${n} ${one ? 'is' : 'are'} longer than the model reads (${room}): only the middle is scored.`
    case 'padded':
      return `${n} ${one ? 'is' : 'are'} shorter than the model reads (${room}): ${one ? 'it is' : 'they are'} padded on both sides.`
    case 'adapters-missing':
      return `${n} of the model’s length ${one ? 'does' : 'do'} not have the adapters that it was trained with; ${one ? 'it is' : 'they are'} scored as ${one ? 'it is' : 'they are'}.`
    case 'adapters-added':
      return `${n} ${one ? 'comes' : 'come'} without the construct’s adapters, with which the model was trained; they are added.`
    case 'ambiguous':
      return `${n} ${one ? 'has' : 'have'} letters other than A, C, G and T, such as N; the model reads them ${context.ambiguousBases === 'zeros' ? 'as no base at all, as it was trained' : 'as the bases that they may stand for'}.`
    case 'repeated-names':
      return `${n} ${one ? 'has' : 'have'} a name that stands earlier in the file; all are kept.`
    case 'repeated-sequences':
      return `${n} ${one ? 'has' : 'have'} the same bases as one earlier in the file; all are scored.`
    case 'lower-case':
      return `${n} ${one ? 'has' : 'have'} lower-case letters; they are read as upper case.`
    case 'rna':
      return `${n} ${one ? 'is' : 'are'} written as RNA; U is read as T.`
    case 'seen-in-training':
      return `${n} ${one ? 'is' : 'are'} in the model’s data, or ${one ? 'overlaps' : 'overlap'} them by 30 bases or more (${usedFor(context.seen)}): of ${one ? 'it' : 'them'} a score proves little.`
  }
}

/** What the model reads of a window that is not of its length. */
function inWindow(length: number, read: number, frame: Frame): string {
  if (length === read) return ''
  if (length === frame.length) return ', read without the construct’s adapters'
  return length > read ? `, of each of which the middle ${formatCount(read)} are read` : `, each padded to ${formatCount(read)}`
}

function usedFor(seen: ReadonlyMap<string, number>): string {
  return parts
    .flatMap((part) => {
      const count = [...seen].reduce((sum, [key, sequences]) => sum + (key.startsWith(`${part},`) ? sequences : 0), 0)
      return count === 0 ? [] : [`${formatCount(count)} ${partsInWords[part]}`]
    })
    .join(', ')
}

/** What cannot be scored, with the first reason, and what of the rest. */
export function skippedMessage(first: Skipped, count: number, records: number): string {
  const where = reasonOfSkipped(first)
  const others = records - count
  const fine =
    others === 0
      ? 'There is nothing else to score.'
      : others === 1
        ? 'The other sequence is fine.'
        : `The other ${formatCount(others)} sequences are fine.`
  return count === 1
    ? `${where} ${fine}`
    : `${formatCount(count)} of ${formatCount(records)} sequences cannot be scored, the first for this reason: ${where} ${fine}`
}
