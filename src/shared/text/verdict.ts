import type { MeasureName } from '../domain/measures.ts'
import { measureWords } from './measures.ts'
import { countOf, formatCount, formatDecimal } from './numbers.ts'
import { joinWords } from './splits.ts'

/** What is known of a line in one cell type; null is what is not defined, or not known. */
export interface JudgedLine {
  readonly key: string
  readonly label: string
  readonly mean: number | null
  readonly low: number | null
  readonly high: number | null
}

/** The difference between two lines, `a` minus `b`, with its interval, and which of them the paired bootstrap tells to be better. */
export interface JudgedPair {
  readonly a: string
  readonly b: string
  readonly difference: number | null
  readonly low: number | null
  readonly high: number | null
  readonly better: string | null
}

export interface Judged {
  /** Null for all rows together. */
  readonly cellType: string | null
  readonly measure: MeasureName
  /** The highest Pearson r that the assay's noise allows; null where it is not known, or not of this measure. */
  readonly ceiling: number | null
  readonly lines: readonly JudgedLine[]
  readonly pairs: readonly JudgedPair[]
  /** Groups of the compared elements. */
  readonly groups: number
}

type Defined = JudgedLine & { readonly mean: number }

const names: Readonly<Record<MeasureName, string>> = {
  pearson: 'Pearson',
  spearman: 'Spearman',
  r2: 'R²',
  mse: 'MSE',
  rmse: 'RMSE',
  mae: 'MAE',
}

/** Which line predicts best in a cell type, by how much and how sure that is, in one sentence; and where nothing can be told, that. */
export function verdict(asked: Judged): string {
  const judged = { ...asked, lines: asked.lines.map((line) => ({ ...line, label: asOneName(line.label) })) }
  const { measure, lines } = judged
  if (lines.length === 0) return 'There is nothing to compare.'
  const sign = measureWords[measure].higherIsBetter ? 1 : -1
  const ranked = lines.filter((line): line is Defined => line.mean !== null).toSorted((a, b) => sign * (b.mean - a.mean))
  const [top, second] = ranked
  const undefinedLines = lines.filter(({ mean }) => mean === null).map(({ label }) => label)
  if (!top) {
    return `${names[measure]} is not defined ${where(judged)}: there are too few rows, or the predictions or measurements are all the same.`
  }
  const besides =
    undefinedLines.length > 0
      ? ` For ${joinWords(undefinedLines)} it is not defined: the predictions or measurements are all the same.`
      : ''
  return (second ? betweenLines(judged, ranked, top, second) : alone(judged, top)) + besides
}

/** A label that has commas of its own would come apart among others. */
function asOneName(label: string): string {
  return label.includes(',') ? `“${label}”` : label
}

function alone(judged: Judged, { label, mean, low, high }: Defined): string {
  const value = `${label} reaches ${names[judged.measure]} ${formatDecimal(mean)} ${where(judged)}`
  if (low === null || high === null) return `${value}; how sure that is cannot be told ${why(judged)}.`
  return `${value} (95 % interval ${formatDecimal(low)} to ${formatDecimal(high)})${share(judged, mean)}.`
}

function betweenLines(judged: Judged, ranked: readonly Defined[], top: Defined, second: Defined): string {
  const rivals = ranked.filter((line) => line !== top)
  if (rivals.every((rival) => !differenceOf(judged, top, rival)?.interval)) {
    return `Nothing can be told between ${allOf(ranked)} ${where(judged)}, ${why(judged)}.`
  }
  const beaten = rivals.filter((rival) => differenceOf(judged, top, rival)?.better === top.key)
  const level = rivals.filter((rival) => !beaten.includes(rival))
  if (beaten.length === 0) {
    const last = rivals.at(-1)!
    const told = firstTold(judged, rivals)
    if (told) {
      const [better, worse] = told
      return `${top.label} stands first ${where(judged)}, but nothing can be told between it and ${rivals.length > 2 ? 'any other' : 'either of the others'}; ${better.label} beats ${worse.label} by ${amount(judged, better, worse)}.`
    }
    return `Nothing can be told between ${allOf(ranked)} ${where(judged)}: ${
      rivals.length > 1 ? `even ${top.label} and ${last.label} differ` : 'they differ'
    } by ${amount(judged, top, last)}${rivals.length > 1 ? '' : share(judged, top.mean, top.label)}.`
  }
  const [next] = beaten
  if (level.length > 0) {
    const how = `${amount(judged, top, next!)}${share(judged, top.mean, top.label)}`
    if (level.length > 2) {
      return `${top.label} stands first ${where(judged)}, but nothing can be told between it and ${formatCount(level.length)} of the ${formatCount(rivals.length)} others; it beats ${next!.label} by ${how}.`
    }
    const leaders = joinWords([top, ...level].map(({ label }) => label))
    return `${leaders} lead ${where(judged)}, and nothing can be told between ${level.length > 1 ? 'the best of them and the others' : 'them'}; ${top.label} beats ${next!.label} by ${how}.`
  }
  const whom = rivals.length > 1 ? `all others ${where(judged)}, the next, ${second.label},` : `${second.label} ${where(judged)}`
  return `${top.label} beats ${whom} by ${amount(judged, top, second)}${share(judged, top.mean, top.label)}.`
}

/** More than a few are not told by name: the table beside it has them. */
function allOf(ranked: readonly Defined[]): string {
  return ranked.length > 4 ? `the ${formatCount(ranked.length)} models` : joinWords(ranked.map(({ label }) => label))
}

/** The first of some lines, best first, that is told to be better than another, and the first of those. */
function firstTold(judged: Judged, ranked: readonly Defined[]): readonly [Defined, Defined] | undefined {
  for (const line of ranked) {
    const worse = ranked.find((other) => other !== line && differenceOf(judged, line, other)?.better === line.key)
    if (worse) return [line, worse]
  }
  return undefined
}

/** `0.089 Pearson (95 % interval 0.071 to 0.108)`: how much better the first is. */
function amount(judged: Judged, top: JudgedLine, other: JudgedLine): string {
  const { difference, interval } = differenceOf(judged, top, other)!
  const unit = names[judged.measure]
  if (!interval) return `${formatDecimal(difference)} ${unit}`
  // An end that lies beside zero is not written as zero.
  const decimals =
    [3, 4, 5, 6].find((digits) => [interval.low, interval.high].every((end) => end === 0 || Number(end.toFixed(digits)) !== 0)) ?? 6
  const lower = measureWords[judged.measure].higherIsBetter ? '' : 'lower is better; '
  return `${formatDecimal(difference, decimals)} ${unit} (${lower}95 % interval ${formatDecimal(interval.low, decimals)} to ${formatDecimal(interval.high, decimals)})`
}

/** How much better the first is than the other, positive where it is. */
function differenceOf({ pairs, measure }: Judged, top: JudgedLine, other: JudgedLine) {
  const pair = pairs.find(({ a, b }) => (a === top.key && b === other.key) || (a === other.key && b === top.key))
  if (!pair || pair.difference === null) return undefined
  const turned = (pair.a === top.key) === measureWords[measure].higherIsBetter ? 1 : -1
  const ends = pair.low === null || pair.high === null ? null : [turned * pair.low, turned * pair.high]
  return {
    difference: turned * pair.difference,
    interval: ends && { low: Math.min(...ends), high: Math.max(...ends) },
    better: pair.better,
  }
}

/** How far the best is from what the noise allows: of its own r, not of the difference. A negative r is no part of it. */
function share({ ceiling, measure }: Judged, mean: number, label?: string): string {
  if (measure !== 'pearson' || ceiling === null || ceiling <= 0 || mean <= 0) return ''
  const whose =
    label === undefined
      ? 'that'
      : /\W|s$/u.test(label)
        ? `the r of ${label}, ${formatDecimal(mean)},`
        : `${label}’s r of ${formatDecimal(mean)}`
  if (mean >= ceiling) return `; ${whose} is as much as the assay’s noise allows (${formatDecimal(ceiling)})`
  return `; ${whose} is ${formatDecimal((100 * mean) / ceiling, 0)} % of what the assay’s noise allows (${formatDecimal(ceiling)})`
}

function where({ cellType }: Judged): string {
  return cellType === null ? 'over all rows' : `in ${cellType}`
}

function why({ groups }: Judged): string {
  return groups < 10 ? `from ${countOf(groups, 'group')} of related sequences` : 'as resamples of so few rows are often not defined'
}
