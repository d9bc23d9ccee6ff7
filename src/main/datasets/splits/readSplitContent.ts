import { codesOf } from '../../../shared/dna/bases.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import { readActivities, readAllElements, readDataset, readDatasetSummary } from '../../db/datasets.ts'
import { readLabels, type LabelColumn } from '../../db/elementLabels.ts'
import type { Breathe } from '../breathe.ts'
import { classifySequences, type SequenceClasses } from '../classifySequences.ts'
import { cutEachAdapter } from '../findAdapters.ts'
import { requireSequences } from '../requireSequences.ts'
import { chromosomeOf, isChromosomeColumn } from './chromosomeOf.ts'
import type { SplitContent } from './splitContent.ts'

/** All that splits of a dataset are made from. @throws WorkbenchError `not-found` */
export function readSplitContent(database: ReadableDatabase, dataset: number): SplitContent {
  // One that is not there would be told as one without elements.
  readDatasetSummary(database, dataset)
  const { names, groups } = readAllElements(database, dataset)
  const columns = readLabels(database, dataset)
  return { names, groups, activities: readActivities(database, dataset), chromosomes: chromosomesOf(names, columns), columns }
}

/** Where the elements lie: as a column of the file says where it has one of that name, else as the names tell. */
export function chromosomesOf(names: readonly string[], columns: readonly LabelColumn[]): (string | null)[] {
  const located = columns.find(({ column }) => isChromosomeColumn(column))
  return located ? Array.from(located.codes, (code) => located.values[code] ?? null) : names.map(chromosomeOf)
}

/** The elements' sequences without their adapters, by what they are on either strand. */
export async function readSequenceClasses(database: ReadableDatabase, dataset: number, breathe: Breathe): Promise<SequenceClasses> {
  const { name, length, adapters } = readDataset(database, dataset)
  requireSequences({ name, length }, 'it cannot be told what its parts share')
  const { sequences } = readAllElements(database, dataset)
  const inserts: Uint8Array[] = []
  for (const sequence of sequences) {
    inserts.push(cutEachAdapter(codesOf(sequence), adapters))
    await breathe()
  }
  return classifySequences(inserts, breathe)
}
