import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { Region } from './importContent.ts'
import type { ResolvedMapping } from './resolveMapping.ts'

/**
 * The region that a row names.
 *
 * @param firstBase the number of a chromosome's first base in the table; with 1, `end` is the last base of the region
 * @throws WorkbenchError where its numbers are none, or it has no bases
 */
export function readRegion(row: readonly string[], at: ResolvedMapping, firstBase: 0 | 1, file: string, line: number): Region {
  const refuse = (message: string, hint = 'Mend that line and choose the file again.') =>
    new WorkbenchError('invalid-input', `${file}, line ${line}: ${message}`, {
      file,
      line,
      hint,
    })
  const position = (field: string, word: string) => {
    const text = field.trim()
    if (!/^\d{1,15}$/.test(text)) throw refuse(`“${text.slice(0, 40)}” is not the ${word} of a region.`)
    return Number(text)
  }
  const chromosome = row[at.chromosome]!.trim()
  if (chromosome === '') throw refuse('there is no chromosome.')
  const start = position(row[at.start]!, 'start') - firstBase
  const end = position(row[at.end]!, 'end')
  if (start < 0)
    throw refuse(
      'the region starts at 0, where the first base of a chromosome has the number 1.',
      'If the table counts from 0, as BED does, say so.',
    )
  if (end <= start)
    throw refuse(
      `the region from ${row[at.start]!.trim()} to ${row[at.end]!.trim()} holds no bases.`,
      firstBase === 0 && end === start
        ? 'If the table counts from 1, with the last base as its end, say so; else mend that line.'
        : undefined,
    )
  const strand = at.strand < 0 ? '.' : row[at.strand]!.trim()
  // R's GenomicRanges writes * for either strand.
  if (!['+', '-', '.', '*', '', '1', '-1'].includes(strand)) throw refuse(`“${strand.slice(0, 40)}” is no strand: + or − is expected.`)
  return { chromosome, start, end, strand: strand === '-' || strand === '-1' ? '-' : '+', file, line }
}
