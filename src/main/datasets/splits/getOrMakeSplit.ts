import { codesOf } from '../../../shared/dna/bases.ts'
import type { Split, SplitKind } from '../../../shared/domain/split.ts'
import type { WritableDatabase } from '../../db/database.ts'
import { readActivities, readAllElements, readDataset } from '../../db/datasets.ts'
import { findSplit, insertSplit } from '../../db/splits.ts'
import { breather } from '../breathe.ts'
import { classifySequences } from '../classifySequences.ts'
import { cutEachAdapter } from '../findAdapters.ts'
import { auditLeakage } from './auditLeakage.ts'
import { splitByChromosome } from './splitByChromosome.ts'
import { splitByGroup } from './splitByGroup.ts'
import { splitByName } from './splitByName.ts'
import type { Assignment, SplitContent } from './splitContent.ts'

const splitters: Readonly<Record<SplitKind, (content: SplitContent, seed: number) => Assignment>> = {
  group: splitByGroup,
  name: splitByName,
  chromosome: splitByChromosome,
}

/**
 * The split of a dataset by kind and seed: the stored one, or one made, audited and stored now. A split never changes once
 * it is made.
 *
 * @throws WorkbenchError `not-found` for the dataset, `invalid-input` where it cannot be split in that way
 */
export async function getOrMakeSplit(
  database: WritableDatabase,
  { dataset, kind, seed }: { readonly dataset: number; readonly kind: SplitKind; readonly seed: number },
  { now, signal }: { readonly now: () => Date; readonly signal?: AbortSignal | undefined },
): Promise<Split> {
  const stored = findSplit(database, dataset, kind, seed)
  if (stored) return stored
  const { adapters } = readDataset(database, dataset)
  const breathe = breather(signal)
  const { names, sequences, groups } = readAllElements(database, dataset)
  await breathe()
  const assignment = splitters[kind]({ names, groups, activities: readActivities(database, dataset) }, seed)
  await breathe()
  const inserts: Uint8Array[] = []
  for (const sequence of sequences) {
    inserts.push(cutEachAdapter(codesOf(sequence), adapters))
    await breathe()
  }
  const classes = await classifySequences(inserts, breathe)
  const leakage = await auditLeakage(classes, assignment.parts, breathe)
  return insertSplit(database, {
    dataset,
    kind,
    seed,
    createdAt: now().toISOString(),
    assignment: assignment.parts,
    groups: assignment.groups,
    leakage,
  })
}
