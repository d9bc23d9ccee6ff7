import { WorkbenchError } from '../../../shared/domain/errors.ts'
import { countOf } from '../../../shared/text/numbers.ts'
import type { Breathe } from '../../datasets/breathe.ts'
import type { WritableDatabase } from '../../db/database.ts'
import { saveAnnotations, type PlacedFeature } from '../../db/scanAnnotations.ts'
import type { StoredScan } from '../../db/scans.ts'
import type { OpenedSource } from '../../files/openSource.ts'
import { readFeatures } from './readFeatures.ts'
import { scanColumns } from './scanColumns.ts'

/** More are of no use in a view, and would fill memory. */
const MOST_FEATURES = 1_000_000

export interface Annotated {
  readonly features: number
  /** Sequences that have one or more. */
  readonly sequences: number
  /** Features on no sequence of the scan, or behind the end of theirs. */
  readonly unmatched: number
}

/**
 * Keeps the features of a file beside the sequences of a scan that have their names, byte for byte. One that reaches over a sequence's
 * end is cut there. Where several sequences have one name, each gets the feature.
 *
 * @throws WorkbenchError as {@link readFeatures} does; `invalid-input` where no feature is on a sequence of the scan
 */
export async function annotateScan(
  database: WritableDatabase,
  scan: StoredScan,
  source: OpenedSource,
  breathe: Breathe,
): Promise<Annotated> {
  const { names, lengths } = await scanColumns(database, scan).words()
  const positions = new Map<string, number[]>()
  for (const [position, name] of names.entries()) {
    const known = positions.get(name)
    if (known) known.push(position)
    else positions.set(name, [position])
  }
  const placed: PlacedFeature[] = []
  const annotated = new Set<number>()
  let unmatched = 0
  let stranger: string | undefined
  for await (const features of readFeatures(source)) {
    for (const { sequence, ...feature } of features) {
      const there = (positions.get(sequence) ?? []).filter((position) => feature.start < lengths[position]!)
      if (there.length === 0) {
        unmatched++
        stranger ??= sequence
      }
      for (const position of there) {
        placed.push({ position, ...feature, end: Math.min(feature.end, lengths[position]!) })
        annotated.add(position)
      }
    }
    if (placed.length > MOST_FEATURES) {
      throw new WorkbenchError('invalid-input', `${source.name} has more than ${countOf(MOST_FEATURES, 'feature')} on these sequences.`, {
        file: source.name,
        hint: 'Choose a file of fewer kinds of features, such as genes alone.',
      })
    }
    await breathe()
  }
  if (placed.length === 0) {
    throw new WorkbenchError(
      'invalid-input',
      `None of the ${countOf(unmatched, 'feature')} of ${source.name} is on a sequence of this scan: the file names ${stranger ?? ''}, the scan ${names[0] ?? ''}.`,
      { file: source.name, hint: 'Names must be the same in both files, letter by letter, and positions within the sequences.' },
    )
  }
  saveAnnotations(database, scan.id, placed)
  return { features: placed.length, sequences: annotated.size, unmatched }
}
