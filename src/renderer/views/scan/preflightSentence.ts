import type { Preflight } from '../../../shared/domain/scan.ts'
import { countOf, formatCount } from '../../text/numbers.ts'

/** How many of the records can be scored, and how they compare with what the model knows. */
export function preflightSentence({ records, scorable, shortest, longest, modelLength }: Preflight): string {
  if (records === 0) return 'No sequences were found.'
  const share =
    records === 1 ? `The one sequence ${scorable ? 'can' : 'cannot'} be scored.` : `${shareOf(records, scorable)} sequences can be scored.`
  if (longest <= 0) return share
  const lengths =
    shortest === longest ? `${countOf(shortest, 'base')} long` : `${formatCount(shortest)} to ${formatCount(longest)} bases long`
  return `${share} ${records === 1 ? 'It is' : 'They are'} ${lengths}; the model was trained on ${countOf(modelLength, 'base')}.`
}

function shareOf(records: number, scorable: number): string {
  if (scorable === records) return `All ${formatCount(records)}`
  return scorable === 0 ? `None of the ${formatCount(records)}` : `${formatCount(scorable)} of ${formatCount(records)}`
}
