import type { WorkbenchHandlers } from '../../../shared/contract/workbench.ts'
import { parts, type Relation, type SplitOptions } from '../../../shared/domain/split.ts'
import type { ReadableDatabase, WritableDatabase } from '../../db/database.ts'
import { readAllElements, readDatasetSummary } from '../../db/datasets.ts'
import { readLabels } from '../../db/elementLabels.ts'
import { readAssignment, readSplit, readSplits, removeSplit, renameSplit } from '../../db/splits.ts'
import { field } from '../../scans/scoresTsv.ts'
import { breather, type Breathe } from '../breathe.ts'
import { inChromosomeOrder } from './chromosomeOf.ts'
import { findLeaks } from './findLeaks.ts'
import { makeSplit } from './getOrMakeSplit.ts'
import { chromosomesOf, readSequenceClasses } from './readSplitContent.ts'
import { ENOUGH_LOCATED, sizesOf } from './splitByChromosome.ts'

type SplitHandlers = WorkbenchHandlers['splits']

/** The calls about splits that change nothing. */
export function splitReaders(database: ReadableDatabase): Pick<SplitHandlers, 'list' | 'options' | 'leaks'> {
  return {
    list: ({ dataset }) => {
      readDatasetSummary(database, dataset)
      return readSplits(database, dataset)
    },
    options: ({ dataset }) => readOptions(database, dataset),
    leaks: ({ id }, { signal }) => leaksTable(database, id, breather(signal)),
  }
}

/** The calls about splits, on a workspace that can be written to. */
export function splitHandlers(database: WritableDatabase, now: () => Date): SplitHandlers {
  return {
    ...splitReaders(database),
    make: (request, { signal, progress }) => makeSplit(database, request, { now, signal, progress }),
    rename: ({ id, name }) => renameSplit(database, id, name),
    remove: ({ id }) => {
      removeSplit(database, id)
      return {}
    },
  }
}

function readOptions(database: ReadableDatabase, dataset: number): SplitOptions {
  readDatasetSummary(database, dataset)
  const { names, groups } = readAllElements(database, dataset)
  const columns = readLabels(database, dataset)
  const sizes = sizesOf(chromosomesOf(names, columns))
  const located = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  const enough = located >= names.length * ENOUGH_LOCATED
  return {
    groups: groups.reduce((most, group) => Math.max(most, group + 1), 0),
    located,
    chromosomes: enough ? inChromosomeOrder(sizes.keys()).map((label) => ({ label, elements: sizes.get(label)! })) : [],
    columns: columns.map(({ column, values, codes }) => {
      const counts = values.map(() => 0)
      for (const code of codes) if (code >= 0) counts[code]!++
      return { name: column, labels: values.map((label, i) => ({ label, elements: counts[i]! })) }
    }),
  }
}

const relationWords: Readonly<Record<Relation, string>> = {
  exact: 'the same sequence',
  reverseComplement: 'reverse complement',
  overlap: 'overlap of 30 bases or more',
}

/** Every leak of a split: `part name relation other_part other_name`. */
async function leaksTable(database: ReadableDatabase, id: number, breathe: Breathe): Promise<{ fileName: string; bytes: Uint8Array }> {
  const split = readSplit(database, id)
  const { names } = readAllElements(database, split.dataset)
  const classes = await readSequenceClasses(database, split.dataset, breathe)
  const leaks = await findLeaks(classes, readAssignment(database, id), breathe)
  const rows = leaks.map(
    ({ element, part, other, otherPart, relation }) =>
      `${[parts[part], field(names[element]!), relationWords[relation], parts[otherPart], field(names[other]!)].join('\t')}\n`,
  )
  return {
    fileName: `${split.name.replace(/[^\p{L}\p{N} .,_-]/gu, '_')} shared sequences.tsv`,
    bytes: new TextEncoder().encode(`part\tname\trelation\tother_part\tother_name\n${rows.join('')}`),
  }
}
