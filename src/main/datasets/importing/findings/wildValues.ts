import type { Place } from '../library.ts'
import { amount } from '../../amount.ts'
import { countOf, type Find } from './finding.ts'

/** What is told where nothing is dropped: in activities, which have a long upper tail, ten robust SDs are seldom biology. */
const TOLD_BEYOND = 10

/**
 * Below this, replicates disagree: r is the share of a replicate's variance that is signal, so under one half a single
 * replicate holds more noise than signal.
 */
export const DISAGREEING_BELOW = 0.5

export const outliers: Find = ({ content, selection: { cellTypes, measured, decisions } }) => {
  const beyond = decisions.outliersBeyond ?? TOLD_BEYOND
  const places = function* (): Generator<Place> {
    for (const { settled, means, median, robustSd } of cellTypes) {
      if (!(robustSd > 0)) continue
      for (const number of measured) {
        const distance = (means[number]! - median) / robustSd
        if (Math.abs(distance) > beyond)
          yield content.library.placeOf(
            number,
            undefined,
            `${settled.name}: ${means[number]!.toFixed(2)}, ${Math.abs(distance).toFixed(1)} robust SDs ${distance < 0 ? 'below' : 'above'} the median`,
          )
      }
    }
  }
  const count = countOf(places())
  if (count === 0) return null
  const isDropped = decisions.outliersBeyond !== null
  return {
    kind: 'outliers',
    title: 'Outliers',
    effect: isDropped ? 'drops' : 'notes',
    count,
    message: `${amount(count, 'activity lies', 'activities lie')} more than ${beyond} robust standard deviations from the median of ${count === 1 ? 'its' : 'their'} cell type, and ${count === 1 ? 'is' : 'are'} ${isDropped ? 'left out with all replicates.' : 'kept.'}`,
    choice: { decision: 'outliersBeyond', options: [] },
    places,
  }
}

export const disagreeingReplicates: Find = ({ cellTypes }) => {
  const disagreeing = cellTypes.filter(({ replicateR }) => replicateR !== null && replicateR < DISAGREEING_BELOW)
  if (disagreeing.length === 0) return null
  const named = disagreeing.map(({ name, replicateR }) => `${name} (r = ${replicateR!.toFixed(3)})`).join(', ')
  return {
    kind: 'disagreeing-replicates',
    title: 'Replicates that disagree',
    effect: 'notes',
    count: disagreeing.length,
    message: `The replicates of ${named} agree at r below ${DISAGREEING_BELOW}: a single replicate holds more noise than signal, and the noise ceiling is the lower for it.`,
    choice: { decision: 'excludedCellTypes', options: [] },
    places: () => disagreeing.map(({ name, replicateR }) => ({ name, detail: `r = ${replicateR!.toFixed(3)}` })),
  }
}
