import type { StageProgress } from '../../../shared/contract/calls/inputs.ts'
import { WorkbenchError } from '../../../shared/domain/errors.ts'
import { splitName, splitSettingsSchema, type Split, type SplitChoice, type SplitSettings } from '../../../shared/domain/split.ts'
import type { WritableDatabase } from '../../db/database.ts'
import { findSplit, freeSplitName, insertSplit, readSplit, refuseTakenName } from '../../db/splits.ts'
import { readDatasetSummary } from '../../db/datasets.ts'
import { breather } from '../breathe.ts'
import { requireSequences } from '../requireSequences.ts'
import { assignParts } from './assignParts.ts'
import { auditLeakage } from './auditLeakage.ts'
import { readSequenceClasses, readSplitContent } from './readSplitContent.ts'

/** What making splits needs from outside. */
export interface SplitContext {
  readonly now: () => Date
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((value: StageProgress) => void) | undefined
}

/**
 * The splits of a dataset that are chosen, in that order: stored ones, or made, audited and stored now. The sequences are
 * read and classified once for all of them.
 *
 * @throws WorkbenchError `not-found` for the dataset or a split, `conflict` where its sequences are not here, `invalid-input` where it cannot be split in that way
 */
export async function getOrMakeSplits(
  database: WritableDatabase,
  dataset: number,
  choices: readonly SplitChoice[],
  context: SplitContext,
): Promise<Split[]> {
  const found = choices.map((choice) =>
    typeof choice === 'number' ? ofDataset(database, dataset, choice) : findSplit(database, dataset, choice),
  )
  const wanted = choices.filter((choice, i): choice is SplitSettings => typeof choice !== 'number' && !found[i])
  const made = await makeSplits(database, dataset, wanted, undefined, context)
  let next = 0
  return found.map((split) => split ?? made[next++]!)
}

/** One split, by its settings; what has a default may be left out. As {@link getOrMakeSplits}. */
export async function getOrMakeSplit(
  database: WritableDatabase,
  { dataset, ...settings }: { readonly dataset: number; readonly kind: SplitSettings['kind']; readonly seed: number },
  context: SplitContext,
): Promise<Split> {
  return (await getOrMakeSplits(database, dataset, [splitSettingsSchema.parse(settings)], context))[0]!
}

/**
 * Makes a split under a name of its own.
 *
 * @throws WorkbenchError as {@link getOrMakeSplits}, and `conflict` where the name is taken or the same split is there
 */
export async function makeSplit(
  database: WritableDatabase,
  { dataset, name, settings }: { readonly dataset: number; readonly name?: string | undefined; readonly settings: SplitSettings },
  context: SplitContext,
): Promise<Split> {
  const same = findSplit(database, dataset, settings)
  if (same) {
    throw new WorkbenchError('conflict', `This split is there already: ${same.name}.`, {
      hint: 'Use that one, or choose another seed.',
    })
  }
  if (name !== undefined) refuseTakenName(database, dataset, name)
  return (await makeSplits(database, dataset, [settings], name, context))[0]!
}

async function makeSplits(
  database: WritableDatabase,
  dataset: number,
  wanted: readonly SplitSettings[],
  name: string | undefined,
  { now, signal, progress = () => {} }: SplitContext,
): Promise<Split[]> {
  if (wanted.length === 0) return []
  requireSequences(readDatasetSummary(database, dataset), 'no split can be made of it: nothing would tell what its parts share')
  const breathe = breather(signal)
  progress({ stage: 'Reading the elements', done: 0, total: null })
  await breathe()
  const content = readSplitContent(database, dataset)
  // What does not fit the dataset is said before the long work.
  const assignments = wanted.map((settings) => assignParts(content, settings))
  await breathe()
  const classes = await readSequenceClasses(database, dataset, breathe)
  const made: Split[] = []
  for (const [i, settings] of wanted.entries()) {
    progress({ stage: 'Looking for sequences that two parts share', done: i, total: wanted.length })
    await breathe()
    const { parts, groups } = assignments[i]!
    const findings = await auditLeakage(classes, content.names, parts, breathe)
    made.push(
      insertSplit(database, {
        dataset,
        name: name ?? freeSplitName(database, dataset, splitName(settings)),
        settings,
        createdAt: now().toISOString(),
        assignment: parts,
        groups,
        ...findings,
      }),
    )
  }
  return made
}

function ofDataset(database: WritableDatabase, dataset: number, id: number): Split {
  const split = readSplit(database, id)
  if (split.dataset === dataset) return split
  throw new WorkbenchError('invalid-input', `${split.name} is a split of another dataset.`, { hint: 'Choose a split of this one.' })
}
