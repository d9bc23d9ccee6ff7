import { scoreFlags, type ScanOptions } from '../../shared/domain/scan.ts'
import { hasAdapters, type Frame } from '../../shared/dna/fitBases.ts'
import type { Windows } from '../../shared/dna/windows.ts'
import { formatCount } from '../../shared/text/numbers.ts'
import type { FastaRecord } from '../files/readFasta.ts'
import type { TrainingReference } from './trainingReference.ts'

/** How records come before the models of a scan. */
export interface ScanPlan {
  readonly frame: Frame
  readonly options: ScanOptions
  readonly windows: Windows
  /** What is known of the training part; null where that is not in the workspace. */
  readonly training: TrainingReference | null
  /** Lines of records that the person takes out. */
  readonly takenOut: ReadonlySet<number>
}

/** Bases of an element that a model reads, between its adapters where it was trained with them. */
export function basesRead({ length, adapters, prefix, suffix }: Frame): number {
  const room = length - prefix.length - suffix.length
  return adapters === 'cut' || room < 1 ? length : room
}

export function planScan(frame: Frame, options: ScanOptions, training: TrainingReference | null): ScanPlan {
  const windows = { length: options.windowLength ?? basesRead(frame), stride: options.stride }
  return { frame, options, windows, training, takenOut: new Set(options.skip) }
}

/** Whether a sequence is longer than the models read, or than the windows that it is to be cut into. */
export function isLong(codes: Uint8Array, { frame, windows, options }: Pick<ScanPlan, 'frame' | 'windows' | 'options'>): boolean {
  const { length } = codes
  if (length <= (options.long === 'windows' ? windows.length : basesRead(frame)) || length === frame.length) return false
  // With its adapters on, it is the element between them that is to fit.
  const construct = frame.prefix.length + frame.suffix.length
  return (
    length > frame.length + (frame.adapters === 'cut' ? construct : 0) || construct === 0 || !hasAdapters(codes, frame.prefix, frame.suffix)
  )
}

/** Why a record is not scored although it is DNA, as a sentence; null where it is. @param bases those that are A, C, G or T */
export function reasonToSkip(
  { line }: Pick<FastaRecord, 'line'>,
  length: number,
  bases: number,
  long: boolean,
  plan: ScanPlan,
): string | null {
  const { options, frame } = plan
  if (plan.takenOut.has(line)) return 'You took it out.'
  if (length < options.shortest)
    return `It is ${formatCount(length)} bases long; nothing shorter than ${formatCount(options.shortest)} is scored.`
  if (length - bases > options.ambiguousShare * length) {
    return `${formatCount(length - bases)} of its ${formatCount(length)} letters are not A, C, G or T.`
  }
  const read = basesRead(frame)
  if (options.short === 'skip' && length < read) return `It is shorter than the ${formatCount(read)} bases that the model reads.`
  if (options.long === 'skip' && long) return `It is longer than the ${formatCount(read)} bases that the model reads.`
  return null
}

const bitOf = (flag: (typeof scoreFlags)[number]) => 1 << scoreFlags.indexOf(flag)
export const UNLIKE_TRAINING = bitOf('unlike-training')
export const SEEN = bitOf('seen')
export const SPREAD = bitOf('spread')
const GC = bitOf('gc')
const LENGTH = bitOf('length')

/**
 * Flags of a sequence that its scan can see at once, a bit each: of a share of G and C that fewer than one in a hundred training sequences has;
 * shorter than all of them, or read at its middle alone.
 */
export function flagsOf(
  { gc, length, whole }: { readonly gc: number; readonly length: number; readonly whole: boolean },
  training: TrainingReference | null,
): number {
  if (!training) return whole ? 0 : LENGTH
  return (gc < training.gc.low || gc > training.gc.high ? GC : 0) | (!whole || length < training.lengths.shortest ? LENGTH : 0)
}
