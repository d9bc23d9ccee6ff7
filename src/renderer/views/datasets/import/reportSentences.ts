import type { Finding, ImportReview } from '../../../../shared/domain/importing.ts'
import { countOf, formatCount, formatDecimal } from '../../../../shared/text/numbers.ts'
import { joinWords } from '../../../../shared/text/splits.ts'
import { shortCeiling } from '../ceilingSentence.ts'

/** The dataset as it would be, in one sentence, such as “24,590 elements in HepG2, 230 bases long; the noise ceiling is …”. */
export function summarySentence({ summary }: Pick<ImportReview, 'summary'>): string {
  const { elements, rows, length, cellTypes } = summary
  if (elements === 0) return 'No element is left.'
  const names = cellTypes.map(({ name }) => name)
  const where = names.length <= 4 ? joinWords(names) : countOf(names.length, 'cell type')
  const known = cellTypes.filter(({ ceiling }) => ceiling !== null)
  const ceilings =
    known.length === 0
      ? 'the noise ceiling is not known, for want of replicates'
      : known.length <= 4
        ? `the noise ceiling is r = ${joinWords(known.map(({ name, ceiling }) => `${shortCeiling(ceiling!)} in ${name}`))}`
        : `the noise ceilings lie between r = ${shortCeiling(Math.min(...known.map(({ ceiling }) => ceiling!)))} and ${shortCeiling(Math.max(...known.map(({ ceiling }) => ceiling!)))}`
  return `${countOf(elements, 'element')} in ${where}, ${countOf(rows, 'activity', 'activities')} in all, up to ${countOf(length, 'base')} long; ${ceilings}.`
}

/** What a minimum of barcodes leaves out, counted at once from the histogram. `counts[n]`: values from n barcodes, the last from that many or more. */
export function barcodeSentence(counts: readonly number[], minimum: number): string {
  const all = counts.reduce((sum, count) => sum + count, 0)
  if (all === 0) return 'No value says from how many barcodes it is.'
  const last = counts.length - 1
  if (minimum > last)
    return `Of ${countOf(all, 'replicate value')}, ${formatCount(counts[last]!)} are from ${last} barcodes or more; how many of those are from fewer than ${formatCount(minimum)} the report below says.`
  const below = counts.slice(0, minimum).reduce((sum, count) => sum + count, 0)
  const share = (100 * below) / all
  const percent = below === 0 || share >= 0.05 ? formatDecimal(share, 1) : 'under 0.1'
  return `${formatCount(below)} of ${countOf(all, 'replicate value')} (${percent} %) ${below === 1 ? 'is' : 'are'} from fewer than ${countOf(minimum, 'barcode')}, and left out.`
}

/** Findings by what they mean for the import, in the order in which a person should read them. */
export const effects: readonly { readonly effect: Finding['effect']; readonly title: string; readonly about: string }[] = [
  { effect: 'blocks', title: 'Must be decided', about: 'Nothing can be imported before.' },
  { effect: 'drops', title: 'Is left out', about: 'The dataset keeps a note of each.' },
  { effect: 'notes', title: 'Good to know', about: 'Everything here is kept as it is.' },
]

/** `enh_12 — library.fasta, line 48: E is not a DNA letter`. */
export function exampleInWords({ name, file, line, detail }: Finding['examples'][number]): string {
  const place = [file, line !== undefined && `line ${formatCount(line)}`].filter(Boolean).join(', ')
  const where = [name, place].filter(Boolean).join(' — ')
  return detail === undefined ? where : `${where}: ${detail}`
}
