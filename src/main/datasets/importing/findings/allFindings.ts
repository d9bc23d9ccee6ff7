import type { Finding } from '../../../../shared/domain/importing.ts'
import type { Place } from '../library.ts'
import type { Find, Found, Seen } from './finding.ts'
import { lowBarcodes, missingCellTypes, missingReplicates, notFinite, repeatedRows, withoutDna } from './measuredRows.ts'
import { conflictingNames, notDna, outsideChromosome } from './refusedRecords.ts'
import { relatedSequences } from './relatedSequences.ts'
import { adapters, ambiguousLetters, excelDates, lengths, repeatedNames } from './sequenceLooks.ts'
import { unmatchedActivities, unmatchedSequences } from './unmatchedNames.ts'
import { disagreeingReplicates, outliers } from './wildValues.ts'

const EXAMPLES = 5

/** In the order in which a person should read them. */
const finds: readonly Find[] = [
  notDna,
  conflictingNames,
  outsideChromosome,
  unmatchedSequences,
  unmatchedActivities,
  excelDates,
  repeatedNames,
  relatedSequences,
  ambiguousLetters,
  lengths,
  adapters,
  lowBarcodes,
  missingCellTypes,
  missingReplicates,
  repeatedRows,
  notFinite,
  withoutDna,
  outliers,
  disagreeingReplicates,
]

/** Everything that is to be known of an import before it is written, the kinds that were not found left out. */
export function allFindings(seen: Seen): Found[] {
  return finds.flatMap((find) => find(seen)).filter((found) => found !== null)
}

/** A finding with its first examples, as it is told and stored. */
export function withExamples({ places, ...found }: Found): Finding {
  const examples: Finding['examples'] = []
  for (const place of places()) {
    if (examples.length === EXAMPLES) break
    examples.push(toExample(place))
  }
  return { ...found, examples }
}

/** What is not known is left out: it would not cross a channel as it is. */
function toExample({ name, file, line, detail }: Place): Finding['examples'][number] {
  return { name, ...(file !== undefined && { file }), ...(line !== undefined && { line }), ...(detail !== undefined && { detail }) }
}
