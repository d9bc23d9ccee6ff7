import type { Density, Exploration, ExploredCellType } from '../../../shared/domain/explore.ts'
import { countOf, formatCount, formatDecimal } from '../../../shared/text/numbers.ts'
import { joinWords } from '../../../shared/text/splits.ts'

const only = 'of the elements that the filter keeps'

/** What the pairs of cell types show, in one sentence. */
export function betweenSentence({ between, elements, total }: Exploration): string {
  const known = between.filter(({ r }) => r !== null)
  const what = `Activity in one cell type against another${elements < total ? `, ${only}` : ''}`
  const closest = [...known].sort((a, b) => b.r! - a.r!)[0]
  if (!closest) return `${what}.`
  const most =
    known.length > 1 ? `${closest.x} and ${closest.y} agree most, r = ${formatDecimal(closest.r, 2)}` : `r = ${formatDecimal(closest.r, 2)}`
  return `${what}: ${most}. Off the dashed line an element is more active in one of the two.${outsideSentence(between)}`
}

/** What the pairs of replicates show, in one sentence. */
export function replicatesSentence(exploration: Exploration): string {
  const { replicates, cellTypes } = exploration
  const drawn = new Set(replicates.map(({ cellType }) => cellType))
  const agreement = cellTypes
    .filter(({ name, replicateR }) => drawn.has(name) && replicateR !== null)
    .map(({ name, replicateR }) => `${formatDecimal(replicateR, 2)} in ${name}`)
  const mean = agreement.length > 0 ? ` Mean r between replicates: ${joinWords(agreement)}.` : ''
  return `One replicate against another: the narrower the cloud, the better the assay agrees with itself.${mean}${outsideSentence(replicates)}`
}

function outsideSentence(densities: readonly Density[]): string {
  const outside = densities.reduce((sum, density) => sum + density.outside, 0)
  return outside === 0
    ? ''
    : ` ${countOf(outside, 'extreme pair')} ${outside === 1 ? 'lies' : 'lie'} beyond the axes, and ${outside === 1 ? 'counts' : 'count'} in r.`
}

/** What the distributions show. */
export function activitySentence({ cellTypes, elements, total }: Exploration): string {
  const where = cellTypes.length === 1 ? cellTypes[0]!.name : 'each cell type'
  return `How activity is distributed over the elements of ${where}${elements < total ? ', those that the filter keeps' : ''}; the dashed line is the mean.`
}

/** What the sequences and their barcodes are like. */
export function compositionSentence(exploration: Exploration): string {
  const { cellTypes, elements } = exploration
  const counted = cellTypes.filter(({ barcodes }) => barcodes !== null).map(({ name }) => name)
  const barcodes = counted.length > 0 ? `; barcodes are the mean over an element’s replicates, in ${joinWords(counted)}` : ''
  const length = onlyLength(exploration)
  const sequences = countOf(elements, 'sequence')
  return length === null
    ? `Length and GC content of ${sequences}, adapters included${barcodes}.`
    : `GC content of ${sequences} of ${countOf(length, 'base')}, adapters included${barcodes}.`
}

/** The length of all sequences of a dataset where they have the same; null where they differ. */
export function onlyLength({ length: { edges } }: Exploration): number | null {
  return edges.length === 2 && edges[1]! - edges[0]! === 1 ? edges[0]! : null
}

/** What the list of specific elements shows, in one sentence. */
export function specificSentence({ name, specific }: ExploredCellType): string {
  if (specific.length === 0) return `No element can be called specific to ${name}: that takes a measurement in another cell type.`
  return `The ${formatCount(specific.length)} ${specific.length === 1 ? 'element' : 'elements'} most specific to ${name}: far more active there, beside all others, than in the other cell types.`
}
