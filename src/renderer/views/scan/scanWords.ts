import type { Scan, ScanModel, ScanOptions } from '../../../shared/domain/scan.ts'
import type { Target } from '../../../shared/domain/recipe.ts'
import { countOf, formatCount, formatDuration } from '../../../shared/text/numbers.ts'

/** Unit of a scan's scores on an axis. */
export function scoreUnit(target: Target): string {
  return target === 'log2' ? 'log2 RNA/DNA' : 'specificity'
}

/** The page of what scored; null for an imported model, which has none. */
export function modelPath({ reference }: Pick<ScanModel, 'reference'>): string | null {
  if ('run' in reference) return `/experiments/runs/${reference.run}`
  return 'ensemble' in reference ? '/compare' : null
}

/** How the records came before the model, in one line. */
export function optionsInWords({
  long,
  stride,
  windowLength,
  short,
  shortest,
  strands,
  shuffled,
  seed,
  ambiguousShare,
}: ScanOptions): string {
  const longer = {
    windows: `longer sequences in windows${windowLength === null ? '' : ` of ${countOf(windowLength, 'base')}`}, one every ${formatCount(stride)}`,
    middle: 'of longer sequences the middle',
    skip: 'longer sequences skipped',
  }[long]
  const shorter = short === 'pad' ? `shorter ones padded, down to ${countOf(shortest, 'base')}` : 'shorter ones skipped'
  const read = { model: 'strands as the model was trained to be read', both: 'mean of both strands', forward: 'forward strand alone' }[
    strands
  ]
  const beside = shuffled > 0 ? `beside ${countOf(shuffled, 'shuffled sequence')} (seed ${seed})` : 'beside no shuffled sequences'
  const letters = `skipped where more than ${Math.round(ambiguousShare * 100)} % of the letters are not A, C, G or T`
  return `${longer}; ${shorter}; ${letters}; ${read}; ${beside}.`.replace(/^./, (letter) => letter.toUpperCase())
}

/** What a scan came to, in one sentence. */
export function scanSentence({ scored, skipped, windows, seconds, file, state }: Scan): string {
  const done = `${countOf(scored, 'sequence')}${windows > 0 ? ` (${countOf(windows, 'window')})` : ''} of ${file}`
  const left = skipped > 0 ? `; ${countOf(skipped, 'record')} skipped` : ''
  return `${done} scored ${state === 'completed' ? 'in' : 'so far, in'} ${formatDuration(seconds)}${left}.`
}

/** What is not known yet of the doubts about a scan's scores; null where all is. */
export function doubtsSentence({ scored, assessed }: Pick<Scan, 'scored' | 'assessed'>): string | null {
  if (assessed >= scored) return null
  const left = scored - assessed
  const which = left === scored ? 'The sequences have' : countOf(left, 'sequence has', 'sequences have')
  return `${which} not been compared with the training data yet: how far they are from it, and which of them it holds, follows here.`
}
