import type { Adapters } from '../../../shared/domain/dataset.ts'
import type { ImportDecisions } from '../../../shared/domain/importing.ts'
import { isUnambiguous } from '../../../shared/dna/bases.ts'
import type { Breathe } from '../breathe.ts'
import { classifySequences, type SequenceClasses } from '../classifySequences.ts'
import { adapterCutter, findAdapters } from '../findAdapters.ts'
import { activitiesOf, type ReplicateActivities } from './activitiesOf.ts'
import type { ImportContent } from './importContent.ts'
import { averageReplicates, type CellTypeActivities } from './averageReplicates.ts'
import { settleAssays, type SettledCellType } from './settleAssays.ts'

/** What an import comes to under some decisions. Vectors are by the numbers of the names; elements are such numbers. */
export interface Selection {
  readonly decisions: ImportDecisions
  /** The minimum that is asked for: none where no barcodes are counted. */
  readonly minimumBarcodes: number
  readonly cellTypes: readonly CellTypeActivities[]
  /** Names with a sequence and an activity, before anything is dropped by choice, in the order of the names. */
  readonly measured: Int32Array
  /** The dataset's elements, in the order of their names. */
  readonly elements: Int32Array
  readonly adapters: Adapters
  /** Classes of the sequences of `measured`. */
  readonly classes: SequenceClasses
}

/**
 * A read import, ready to be looked at under any decisions. What does not depend on a decision, or seldom changes with one, is
 * worked out once, so that another minimum of barcodes is a matter of milliseconds.
 */
export class PreparedContent {
  readonly content: ImportContent
  readonly settled: readonly SettledCellType[]
  /** Names with a sequence, in the order of the names: by code units, the same whatever the language of the machine. */
  readonly inNameOrder: Int32Array
  /** 1 for sequences with letters that stand for several bases. */
  readonly isAmbiguous: Uint8Array
  /** Of the sequences, in bases. */
  readonly lengths: Int32Array
  /** 1 for names with one sequence. */
  readonly hasSequence: Uint8Array
  readonly fromCounts: boolean
  readonly countsBarcodes: boolean
  readonly #activities = new Map<string, ReplicateActivities[][]>()
  #classified: { readonly key: string; readonly of: SequenceClasses } | undefined

  private constructor(content: ImportContent, facts: SequenceFacts) {
    this.content = content
    this.settled = settleAssays(content)
    this.inNameOrder = facts.inNameOrder
    this.isAmbiguous = facts.isAmbiguous
    this.lengths = facts.lengths
    this.hasSequence = facts.hasSequence
    this.fromCounts = this.settled.some(({ replicates }) => replicates.some(({ dna }) => dna !== null))
    this.countsBarcodes = this.settled.some(({ assay }) => assay.countsBarcodes)
  }

  /** @throws WorkbenchError where what was measured does not make sense together */
  static async of(content: ImportContent, breathe: Breathe): Promise<PreparedContent> {
    return new PreparedContent(content, await sequenceFacts(content.library, breathe))
  }

  /** What the import comes to under some decisions. */
  async select(decisions: ImportDecisions, breathe: Breathe): Promise<Selection> {
    const { library } = this.content
    const minimumBarcodes = this.countsBarcodes ? decisions.minimumBarcodes : 0
    const activities = await this.#activitiesFor(decisions.pseudocount, breathe)
    const cellTypes: CellTypeActivities[] = []
    for (const [i, settled] of this.settled.entries()) {
      if (decisions.excludedCellTypes.includes(settled.name)) continue
      cellTypes.push(
        averageReplicates(settled, activities[i]!, { minimumBarcodes, outliersBeyond: decisions.outliersBeyond }, this.hasSequence),
      )
      await breathe()
    }
    const measured = this.inNameOrder.filter((number) => countPresent(cellTypes, 'means', number) > 0)
    await breathe()
    const { shortest, longest, ambiguous, incomplete } = decisions
    const isKept = (number: number): boolean => {
      const length = this.lengths[number]!
      if (length < (shortest ?? 0) || length > (longest ?? Infinity)) return false
      if (ambiguous === 'drop' && this.isAmbiguous[number] === 1) return false
      const present = countPresent(cellTypes, 'kept', number)
      return present > 0 && (incomplete === 'keep' || present === cellTypes.length)
    }
    const elements = measured.filter(isKept)
    await breathe()
    const adapters = findAdapters([...elements].map((number) => library.sequences[number]!.codes))
    await breathe()
    return {
      decisions,
      minimumBarcodes,
      cellTypes,
      measured,
      elements,
      adapters,
      classes: await this.#classify(measured, adapters, breathe),
    }
  }

  async #activitiesFor(pseudocount: number, breathe: Breathe): Promise<ReplicateActivities[][]> {
    const key = this.fromCounts ? String(pseudocount) : ''
    const known = this.#activities.get(key)
    if (known) return known
    const made: ReplicateActivities[][] = []
    for (const { replicates } of this.settled) {
      made.push(replicates.map((replicate) => activitiesOf(replicate, pseudocount, this.content.library.names.length)))
      await breathe()
    }
    this.#activities.clear()
    this.#activities.set(key, made)
    return made
  }

  async #classify(numbers: Int32Array, adapters: Adapters, breathe: Breathe): Promise<SequenceClasses> {
    // All sequences are classified, so that the classes stand whichever of them are elements.
    const key = `${adapters.prefix} ${adapters.suffix}`
    if (this.#classified?.key !== key) {
      const { sequences } = this.content.library
      const cut = adapterCutter(adapters)
      const all = [...this.inNameOrder].map((number) => cut(sequences[number]!.codes))
      this.#classified = { key, of: byNumber(await classifySequences(all, breathe), this.inNameOrder, sequences.length) }
    }
    return restrict(this.#classified.of, numbers)
  }
}

type SequenceFacts = Pick<PreparedContent, 'inNameOrder' | 'isAmbiguous' | 'lengths' | 'hasSequence'>

async function sequenceFacts({ names, sequences, conflicts }: ImportContent['library'], breathe: Breathe): Promise<SequenceFacts> {
  const isAmbiguous = new Uint8Array(names.length)
  const lengths = new Int32Array(names.length)
  const hasSequence = new Uint8Array(names.length)
  const numbers: number[] = []
  for (const [number, sequence] of sequences.entries()) {
    if (number % 1024 === 0) await breathe()
    if (!sequence) continue
    lengths[number] = sequence.codes.length
    isAmbiguous[number] = sequence.codes.every(isUnambiguous) ? 0 : 1
    if (conflicts.has(number)) continue
    hasSequence[number] = 1
    numbers.push(number)
  }
  await breathe()
  numbers.sort((a, b) => (names[a]! < names[b]! ? -1 : 1))
  return { inNameOrder: Int32Array.from(numbers), isAmbiguous, lengths, hasSequence }
}

/** In how many cell types a name has a value. */
function countPresent(cellTypes: readonly CellTypeActivities[], which: 'means' | 'kept', number: number): number {
  let present = 0
  for (let c = 0; c < cellTypes.length; c++) if (!Number.isNaN(cellTypes[c]![which][number])) present++
  return present
}

function byNumber({ classes, strands, representatives }: SequenceClasses, numbers: Int32Array, names: number): SequenceClasses {
  const result = { classes: new Int32Array(names).fill(-1), strands: new Uint8Array(names), representatives }
  numbers.forEach((number, i) => {
    result.classes[number] = classes[i]!
    result.strands[number] = strands[i]!
  })
  return result
}

/** The classes of some sequences alone, numbered from 0 as they first come, each first member read forwards. */
export function restrict({ classes, strands, representatives }: SequenceClasses, numbers: Int32Array): SequenceClasses {
  const numberOf = new Int32Array(representatives.length).fill(-1)
  const turned: number[] = []
  const kept: Uint8Array[] = []
  const result = { classes: new Int32Array(numbers.length), strands: new Uint8Array(numbers.length), representatives: kept }
  numbers.forEach((number, i) => {
    const of = classes[number]!
    if (numberOf[of] === -1) {
      numberOf[of] = kept.push(representatives[of]!) - 1
      turned.push(strands[number]!)
    }
    result.classes[i] = numberOf[of]!
    result.strands[i] = strands[number]! ^ turned[numberOf[of]!]!
  })
  return result
}
