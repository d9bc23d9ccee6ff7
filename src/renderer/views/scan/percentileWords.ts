/** Where a score lies, short enough for a table, as its head says: `93 % · 99.2 %`; empty where neither is known. */
export function percentileWords(training: number | null, shuffled: number | null): string {
  return training === null && shuffled === null
    ? ''
    : [training, shuffled].map((share) => (share === null ? '–' : percent(share))).join(' · ')
}

/** A share of 100 without a digit that it has not: never `100 %` of what is not all, nor `0 %` of what is not none. */
export function percent(share: number): string {
  if (share > 99 && share < 100) return share >= 99.95 ? '>99.9 %' : `${share.toFixed(1)} %`
  if (share > 0 && share < 1) return share < 0.05 ? '<0.1 %' : `${share.toFixed(1)} %`
  return `${Math.round(share)} %`
}

/** The same in a sentence. */
export function percentileSentence(training: number | null, shuffled: number | null): string {
  const above = [
    training !== null && `${percent(training)} of the activities measured in the training part`,
    shuffled !== null && `${percent(shuffled)} of the shuffled sequences’ scores`,
  ].filter(Boolean)
  return above.length > 0 ? `Above ${above.join(', and above ')}.` : ''
}
