import { WorkbenchError } from '../../../shared/domain/errors.ts'

/** A line of BED or GFF3. Coordinates as in BED. */
export interface IntervalLine {
  readonly sequence: string
  readonly start: number
  readonly end: number
  /** Of a whole sequence, its peak's or window's scores by column. */
  readonly scores: readonly { readonly column: string; readonly score: number }[]
  /** Empty where it has none of its own. */
  readonly name: string
  /** Share of what it is compared with that scores lower, 0 to 100; null where there is nothing to compare with. */
  readonly share: number | null
  readonly type: 'peak' | 'window' | 'sequence'
  /** The middle base of a peak's highest window. */
  readonly summit?: number
}

/** What is to be known of a file about sequences that were cut from a genome: the scan keeps them, not where they come from. */
export const PLACES_OF_BED = 'Coordinates count from the start of each sequence as it was read, not along the genome.'

/** A name as the first column of BED and bedGraph, byte for byte. @throws WorkbenchError where that would shift the columns */
export function nameInBed(name: string): string {
  if (!/[\t\n\r]/.test(name)) return name
  throw new WorkbenchError(
    'invalid-input',
    `The name ${name.replaceAll(/[\t\n\r]/g, ' ')} has a ${name.includes('\t') ? 'tab' : 'line break'} in it, which BED and bedGraph have no place for.`,
    {
      hint: 'Save GFF3 or TSV instead, or give that sequence another name.',
    },
  )
}

/** A line of BED, six columns: its name holds the scores in full, its score is 0 to 1,000 by what it is compared with. */
export function bedLine({ sequence, start, end, scores, name, share }: IntervalLine): string {
  const label = [...(name === '' ? [] : [name]), ...scores.map(({ column, score }) => `${column}=${score}`)].join('|').replaceAll('\t', ' ')
  return `${nameInBed(sequence)}\t${start}\t${end}\t${label}\t${Math.round(10 * (share ?? 0))}\t.\n`
}

const GFF_TYPES = { peak: 'regulatory_region', window: 'region', sequence: 'region' } as const

/** A line of GFF3: counted from 1, the end in it; terms of the Sequence Ontology. */
export function gffLine({ sequence, start, end, scores, name, type, summit }: IntervalLine): string {
  const attributes = [
    ...(name === '' ? [] : [`ID=${escaped(name)}`]),
    ...scores.map(({ column, score }) => `score_${escaped(column)}=${score}`),
    ...(summit === undefined ? [] : [`summit=${summit + 1}`]),
  ]
  const columns = [
    escapedSequence(sequence),
    'EnhancerWorkbench',
    GFF_TYPES[type],
    start + 1,
    end,
    scores[0]?.score ?? '.',
    '.',
    '.',
    attributes.join(';'),
  ]
  return `${columns.join('\t')}\n`
}

/** A sequence's name in GFF3: all but a few signs are written as their bytes. */
export function escapedSequence(name: string): string {
  return percent(name, /[^a-zA-Z0-9.:^*$@!+_?|-]/gu)
}

function escaped(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are what GFF3 reserves
  return percent(text, /[\u0000-\u001f\u007f%;=&,]/gu)
}

function percent(text: string, reserved: RegExp): string {
  return text.replace(reserved, (sign) =>
    [...new TextEncoder().encode(sign)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  )
}
