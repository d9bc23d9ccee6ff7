import type { StageProgress } from '../../../shared/contract/calls/inputs.ts'
import { codesOf } from '../../../shared/dna/bases.ts'
import type { ImportNote } from '../../../shared/domain/dataset.ts'
import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { Combination, CombinationReview } from '../../../shared/domain/shelf.ts'
import type { WritableDatabase } from '../../db/database.ts'
import { readDataset, refuseTakenName } from '../../db/datasets.ts'
import type { LabelColumn } from '../../db/elementLabels.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import { amount } from '../amount.ts'
import type { Breathe } from '../breathe.ts'
import { classifySequences } from '../classifySequences.ts'
import type { ContentCache } from '../explore/contentCache.ts'
import { cutEachAdapter, findAdapters } from '../findAdapters.ts'
import { groupSequences } from '../groupSequences.ts'
import { requireSequences } from '../requireSequences.ts'
import { combineCellTypes, sameCellTypes } from './combineCellTypes.ts'
import { matchParents, type MatchedElements, type ParentContent } from './matchParents.ts'
import { storeDerived } from './storeDerived.ts'
import { countsBarcodes, takeElements } from './takeElements.ts'

const FIRST = 10

/** What a combination of datasets would be. Nothing is written. @throws WorkbenchError `not-found`, `invalid-input` */
export async function reviewCombination(
  database: ReadableDatabase,
  cache: ContentCache,
  combination: Combination,
  breathe: Breathe,
): Promise<CombinationReview> {
  const parents = readParents(database, cache, combination.parents)
  const matched = await matchParents(parents, breathe)
  const { positions, elements } = chosenElements(matched, combination)
  const cellTypes = combineCellTypes(parents, positions, combination.sameCellType).map(({ name, activities, replicates }) => ({
    name,
    measured: activities.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0),
    replicates: replicates.length,
  }))
  const rows = cellTypes.reduce((sum, { measured }) => sum + measured, 0)
  return {
    parents: parents.map(({ id, name, fingerprint, content }) => ({ id, name, fingerprint, elements: content.names.length })),
    shared: matched.shared,
    all: matched.names.length,
    elements: elements.length,
    byName: matched.byName,
    bySequence: matched.shared - matched.byName,
    rows,
    missing: elements.length * cellTypes.length - rows,
    cellTypes,
    sameCellTypes: sameCellTypes(parents),
    conflictingNames: { count: matched.conflictingNames.length, first: matched.conflictingNames.slice(0, FIRST) },
    reverseComplements: matched.reverseComplements,
    problem: elements.length === 0 ? nothingShared(parents) : null,
  }
}

/**
 * Makes one dataset of several that share sequences. Missing values stay missing: training masks them, nothing is imputed.
 *
 * @returns its id
 * @throws WorkbenchError where a parent is not there, the name is taken, or nothing is shared
 */
export async function combineDatasets(
  { database, cache, now }: { readonly database: WritableDatabase; readonly cache: ContentCache; readonly now: () => Date },
  request: Combination & { readonly name: string },
  breathe: Breathe,
  progress: (value: StageProgress) => void,
): Promise<number> {
  refuseTakenName(database, request.name)
  progress({ stage: 'Matching elements', done: 0, total: null })
  const parents = readParents(database, cache, request.parents)
  const matched = await matchParents(parents, breathe)
  const { positions, elements } = chosenElements(matched, request)
  const problem = elements.length === 0 ? nothingShared(parents) : null
  if (problem) throw new WorkbenchError('invalid-input', problem.message, { hint: problem.hint })
  const names = Array.from(elements, (number) => matched.names[number]!)
  const sequences = names.map((_, e) => {
    const p = positions.findIndex((column) => column[e]! >= 0)
    return parents[p]!.content.sequences[positions[p]![e]!]!
  })
  await breathe()
  const codes = sequences.map(codesOf)
  const adapters = findAdapters(codes)
  const classes = await classifySequences(
    codes.map((sequence) => cutEachAdapter(sequence, adapters)),
    breathe,
  )
  const groups = await groupSequences(classes, breathe, (done) =>
    progress({ stage: 'Finding related sequences', done, total: classes.representatives.length }),
  )
  await breathe()
  const cellTypes = combineCellTypes(parents, positions, request.sameCellType)
  const labels = combineLabels(parents, positions)
  // What nothing shared has measured is no cell type of the combination.
  const all = Int32Array.from(names.keys())
  const content = takeElements({ names, sequences, groups, cellTypes, labels }, all)
  progress({ stage: 'Saving', done: 0, total: null })
  return storeDerived(
    database,
    {
      ...content,
      name: request.name,
      simulated: parents.some(({ simulated }) => simulated),
      createdAt: now().toISOString(),
      minimumBarcodes: commonMinimum(parents, content.cellTypes.some(countsBarcodes)),
      adapters,
      origin: {
        kind: 'combination',
        parents: parents.map(({ id, name, fingerprint }) => ({ id, name, fingerprint })),
        elements: request.elements,
        sameCellType: request.sameCellType,
      },
      notes: combinationNotes(parents, matched, request),
    },
    breathe,
  )
}

function readParents(database: ReadableDatabase, cache: ContentCache, ids: readonly number[]): ParentContent[] {
  if (new Set(ids).size < ids.length) {
    throw new WorkbenchError('invalid-input', 'A dataset cannot be combined with itself.', { hint: 'Choose two different datasets.' })
  }
  return ids.map((id) => {
    const parent = readDataset(database, id)
    requireSequences(parent, 'it cannot be combined with others')
    const { name, fingerprint, simulated, minimumBarcodes, adapters } = parent
    return { id, name, fingerprint, simulated, minimumBarcodes, adapters, content: cache.get(id) }
  })
}

/** The elements asked for, in the order of their names, and where each is in each parent. */
function chosenElements({ names, positions }: MatchedElements, { elements: which }: Combination) {
  const numbers = [...names.keys()]
  const chosen = which === 'all' ? numbers : numbers.filter((number) => positions.every((column) => column[number]! >= 0))
  const elements = Int32Array.from(chosen.sort((a, b) => (names[a]! < names[b]! ? -1 : 1)))
  return { elements, positions: positions.map((column) => elements.map((number) => column[number]!)) }
}

/** Every value that is left has at least its own parent's minimum, so that the lowest holds for all. */
function commonMinimum(parents: readonly ParentContent[], anyCounts: boolean): number {
  const minimums = parents.filter(({ content }) => content.cellTypes.some(countsBarcodes)).map(({ minimumBarcodes }) => minimumBarcodes)
  return anyCounts && minimums.length > 0 ? Math.min(...minimums) : 0
}

/** Columns of the same name become one; an element that several parents label has the first's. */
function combineLabels(parents: readonly ParentContent[], positions: readonly Int32Array[]): LabelColumn[] {
  const columns = [...new Set(parents.flatMap(({ content }) => content.labels.map(({ column }) => column)))]
  return columns.map((column) => {
    const values: string[] = []
    const numbers = new Map<string, number>()
    const codes = new Int32Array(positions[0]!.length).fill(-1)
    for (const [p, { content }] of parents.entries()) {
      const labels = content.labels.find((candidate) => candidate.column === column)
      if (!labels) continue
      for (const [e, i] of positions[p]!.entries()) {
        const value = i < 0 ? undefined : labels.values[labels.codes[i]!]
        if (value === undefined || codes[e]! >= 0) continue
        if (!numbers.has(value)) numbers.set(value, values.push(value) - 1)
        codes[e] = numbers.get(value)!
      }
    }
    return { column, values, codes }
  })
}

function nothingShared(parents: readonly ParentContent[]): NonNullable<CombinationReview['problem']> {
  return {
    message: `No sequence is in all of ${parents.map(({ name }) => name).join(', ')}.`,
    hint: 'Keep all elements, or choose datasets of the same library. Sequences must agree letter by letter, adapters included.',
  }
}

function combinationNotes(
  parents: readonly ParentContent[],
  matched: MatchedElements,
  { elements, sameCellType }: Combination,
): ImportNote[] {
  const shared = matched.shared - matched.byName
  const notes: (ImportNote | null)[] = [
    {
      kind: 'other',
      count: matched.shared,
      message: `${parents.map(({ name }) => name).join(' and ')} share ${amount(matched.shared, 'element')}, ${amount(shared, 'of them', 'of them')} under different names; ${elements === 'all' ? 'all elements were kept, values that were not measured are missing' : 'only those were kept'}.`,
      examples: [],
    },
    matched.conflictingNames.length === 0
      ? null
      : {
          kind: 'duplicate-names',
          count: matched.conflictingNames.length,
          message: `${amount(matched.conflictingNames.length, 'name stands', 'names stand')} for different sequences; the later ones have their dataset’s name added.`,
          examples: matched.conflictingNames.slice(0, 5).map((name) => ({ name })),
        },
    ...sameCellTypes(parents).map(({ name, parents: owners }): ImportNote => ({
      kind: 'other',
      count: owners.length,
      message: `${name} was measured in ${owners.join(' and ')}: ${sameCellType === 'pool' ? 'their replicates stand side by side in one cell type' : 'each is a cell type of its own'}.`,
      examples: [],
    })),
  ]
  return notes.filter((note) => note !== null)
}
