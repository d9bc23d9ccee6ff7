import type { Preflight } from '../../../shared/domain/scan.ts'
import { countOf, formatCount } from '../../../shared/text/numbers.ts'

/** How many of the records can be scored, in how many windows, and how they compare with what the models know. */
export function preflightSentence({ records, scorable, shortest, longest, modelLength, windows }: Preflight, models = 1): string {
  if (records === 0) return 'No sequences were found.'
  const share = `${shareOf(records, scorable)} be scored${windows > 0 ? `, ${scorable === 1 ? '' : 'the long ones '}in ${countOf(windows, 'window')}` : ''}.`
  if (scorable === 0 || longest <= 0) return share
  const lengths =
    shortest === longest ? `${countOf(shortest, 'base')} long` : `${formatCount(shortest)} to ${formatCount(longest)} bases long`
  const trained = models === 1 ? 'the model was trained' : 'the models were trained'
  return `${share} ${scorable === 1 ? 'It is' : 'They are'} ${lengths}; ${trained} on ${countOf(modelLength, 'base')}.`
}

function shareOf(records: number, scorable: number): string {
  if (records === 1) return `The one sequence ${scorable ? 'can' : 'cannot'}`
  if (scorable === records) return records === 2 ? 'Both sequences can' : `All ${formatCount(records)} sequences can`
  if (scorable === 0) return records === 2 ? 'Neither sequence can' : `None of the ${formatCount(records)} sequences can`
  return `${formatCount(scorable)} of ${formatCount(records)} sequences can`
}
