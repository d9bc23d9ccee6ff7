import type { Certainty, ComparisonSelection } from '../../shared/domain/comparison.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { ALL_CELL_TYPES } from '../../shared/domain/measures.ts'
import { percentileInterval, type Interval } from '../../shared/stats/bootstrap/interval.ts'
import { measureWords } from '../../shared/text/measures.ts'
import { verdict } from '../../shared/text/verdict.ts'
import { estimateLines, meanOf, type Estimate, type EstimateMemory, type Resampling, type Watched } from './estimateLines.ts'
import { prepareComparison, type ComparisonSources } from './prepareComparison.ts'

/** Of a hundred lines there are 4,950 pairs in each cell type: nobody reads them, and the sentences would name a hundred. */
const MOST_LINES = 50

export interface CertaintyRequest extends ComparisonSelection, Resampling {}

/**
 * 95 % intervals of a measure of every line in every cell type, and of the difference of every two lines, by bootstrap over groups:
 * the same resamples for all lines, so that what is hard in a resample is hard for all of them. In each resample a line's value
 * is the mean over its members. Every interval is at 95 % by itself: none is widened for the number of pairs, since each answers a
 * question of its own, and is shown whatever it says.
 *
 * @throws WorkbenchError as `prepareComparison` does; `invalid-input` where more lines are compared than can be told apart in words;
 *   `cancelled`
 */
export async function certaintyOf(
  sources: ComparisonSources,
  request: CertaintyRequest,
  watched: Watched,
  memory: EstimateMemory = new Map(),
): Promise<Certainty> {
  const { measure, resamples, seed } = request
  const prepared = prepareComparison(sources, request)
  const { lines, groupCount, cellTypes, ceilings } = prepared
  if (lines.length > MOST_LINES) {
    throw new WorkbenchError(
      'invalid-input',
      `These runs make ${lines.length} lines, each a variant with a recipe: of more than ${MOST_LINES} nothing is told pair by pair.`,
      { hint: 'Choose the runs that your question is about.' },
    )
  }
  const estimates = await estimateLines(prepared, request, watched, memory)
  const compared: (Pick<Certainty, 'cells' | 'pairs'> & { readonly verdict: Certainty['verdicts'][number] })[] = []
  for (const [c, cellType] of [...cellTypes, ALL_CELL_TYPES].entries()) {
    const ofLines = lines.map((line, l) => ({ line: line.key, ...estimates[l]![c]! }))
    const pairs: Certainty['pairs'] = []
    for (const [i, a] of ofLines.entries()) {
      for (const b of ofLines.slice(i + 1)) pairs.push(pairOf(cellType, a, b, measureWords[measure].higherIsBetter))
      await watched.breathe()
    }
    const cells = ofLines.map((estimate) => ({
      line: estimate.line,
      cellType,
      n: estimate.n,
      mean: estimate.mean,
      sd: spreadOf(estimate.members),
      ...ends(estimate.resampled && percentileInterval(estimate.resampled)),
      best: isBest(estimate.line, pairs),
    }))
    const sentence = verdict({
      cellType: cellType === ALL_CELL_TYPES ? null : cellType,
      measure,
      ceiling: measure === 'pearson' ? (ceilings[c] ?? null) : null,
      lines: cells.map(({ line, mean, low, high }, i) => ({ key: line, label: lines[i]!.label, mean, low, high })),
      pairs,
      groups: groupCount,
    })
    compared.push({ cells, pairs, verdict: { cellType, sentence } })
  }
  return {
    measure,
    resamples,
    seed,
    groups: groupCount,
    cells: compared.flatMap(({ cells }) => cells),
    pairs: compared.flatMap(({ pairs }) => pairs),
    verdicts: compared.map(({ verdict: of }) => of),
  }
}

function pairOf(
  cellType: string,
  a: Estimate & { readonly line: string },
  b: Estimate & { readonly line: string },
  higherIsBetter: boolean,
): Certainty['pairs'][number] {
  const difference = a.mean === null || b.mean === null ? null : a.mean - b.mean
  const interval =
    difference === null || !a.resampled || !b.resampled ? null : percentileInterval(a.resampled.map((value, r) => value - b.resampled![r]!))
  const better =
    interval === null || (interval.low <= 0 && interval.high >= 0) ? null : interval.low > 0 === higherIsBetter ? a.line : b.line
  return { a: a.line, b: b.line, cellType, difference, ...ends(interval), better }
}

function isBest(line: string, pairs: Certainty['pairs']): boolean {
  const mine = pairs.filter(({ a, b }) => a === line || b === line)
  return mine.some(({ better }) => better === line) && mine.every(({ better }) => better === null || better === line)
}

function ends(interval: Interval | null): { low: number | null; high: number | null } {
  return interval === null ? { low: null, high: null } : { low: interval.low, high: interval.high }
}

/** Standard deviation (n − 1); null with one value, or where one is not defined. */
function spreadOf(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null)
  if (defined.length < 2 || defined.length < values.length) return null
  const mean = meanOf(defined)
  return Math.sqrt(defined.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (defined.length - 1))
}
