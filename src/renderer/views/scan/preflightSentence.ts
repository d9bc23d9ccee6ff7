import type { Preflight } from '../../../shared/domain/scan.ts'
import { countOf, formatCount } from '../../../shared/text/numbers.ts'

/** How many of the records can be scored, and how they compare with what the model knows. */
export function preflightSentence({ records, scorable, shortest, longest, modelLength }: Preflight): string {
  if (records === 0) return 'No sequences were found.'
  const share = `${shareOf(records, scorable)} be scored.`
  if (longest <= 0) return share
  const lengths =
    shortest === longest ? `${countOf(shortest, 'base')} long` : `${formatCount(shortest)} to ${formatCount(longest)} bases long`
  return `${share} ${scorable === 1 ? 'It is' : 'They are'} ${lengths}; the model was trained on ${countOf(modelLength, 'base')}.`
}

function shareOf(records: number, scorable: number): string {
  if (records === 1) return `The one sequence ${scorable ? 'can' : 'cannot'}`
  if (scorable === records) return records === 2 ? 'Both sequences can' : `All ${formatCount(records)} sequences can`
  if (scorable === 0) return records === 2 ? 'Neither sequence can' : `None of the ${formatCount(records)} sequences can`
  return `${formatCount(scorable)} of ${formatCount(records)} sequences can`
}
