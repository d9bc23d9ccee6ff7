import { decodeBases, encodeBases, reverseComplement } from '../../../shared/dna/bases.ts'
import type { ElementFilter, Range } from '../../../shared/domain/elementFilter.ts'
import { WorkbenchError } from '../../../shared/domain/errors.ts'
import { parts } from '../../../shared/domain/split.ts'
import { searchable, type ExploredCellType, type ExploredContent } from './exploredContent.ts'

/** Shorter words of A, C, G and T are too common to be meant as sequence. */
const SHORTEST_SEQUENCE = 5

/**
 * Positions of the elements that a filter keeps, in the dataset's order.
 *
 * @param assignmentOf the parts of a split, [elements] indices in `parts`
 * @throws WorkbenchError `invalid-input` where the filter names what the dataset does not have
 */
export function matchElements(content: ExploredContent, filter: ElementFilter, assignmentOf: (split: number) => Uint8Array): Int32Array {
  const conditions = conditionsOf(content, filter, assignmentOf)
  const kept = new Int32Array(content.names.length)
  let count = 0
  for (let i = 0; i < kept.length; i++) if (conditions.every((holds) => holds(i))) kept[count++] = i
  return kept.slice(0, count)
}

/** The cell types that a filter looks at, in the dataset's order. @throws WorkbenchError where one is not there */
export function cellTypesOf(content: ExploredContent, { cellTypes }: Pick<ElementFilter, 'cellTypes'>): readonly ExploredCellType[] {
  if (cellTypes.length === 0) return content.cellTypes
  for (const name of cellTypes) cellTypeNamed(content, name)
  return content.cellTypes.filter(({ name }) => cellTypes.includes(name))
}

type Condition = (element: number) => boolean

/** Cheap conditions first, so that a sequence is searched only where everything else holds. */
function conditionsOf(content: ExploredContent, filter: ElementFilter, assignmentOf: (split: number) => Uint8Array): Condition[] {
  const conditions: Condition[] = []
  if (filter.part) {
    const assignment = assignmentOf(filter.part.split)
    if (assignment.length !== content.names.length) throw notThere('That split is of another dataset.')
    const wanted = filter.part.parts.map((part) => parts.indexOf(part))
    conditions.push((i) => wanted.includes(assignment[i]!))
  }
  for (const { cellType, ...range } of filter.activity) conditions.push(within(cellTypeNamed(content, cellType).activities, range))
  if (filter.length) conditions.push(within(content.lengths, filter.length))
  if (filter.gc) conditions.push(within(content.gc, filter.gc))
  if (filter.barcodes !== null) conditions.push(within(content.barcodes, { from: filter.barcodes, to: null }))
  if (filter.cellTypes.length > 0 || filter.complete) {
    const vectors = cellTypesOf(content, filter).map(({ activities }) => activities)
    const measured = (i: number) => (vector: Float32Array) => !Number.isNaN(vector[i])
    conditions.push(filter.complete ? (i) => vectors.every(measured(i)) : (i) => vectors.some(measured(i)))
  }
  if (filter.label) conditions.push(labelled(content, filter.label))
  if (filter.search !== '') conditions.push(found(content, filter.search))
  return conditions
}

/** An open end asks for nothing; a value that is not known is within no range that asks for something. */
function within(values: ArrayLike<number>, { from, to }: Range): Condition {
  if (from === null && to === null) return () => true
  const [low, high] = [from ?? -Infinity, to ?? Infinity]
  return (i) => values[i]! >= low && values[i]! <= high
}

function labelled({ labels }: ExploredContent, { column, values }: NonNullable<ElementFilter['label']>): Condition {
  const label = labels.find((candidate) => candidate.column === column)
  if (!label) throw notThere(`This dataset has no labels ${column}.`)
  const wanted = new Set(values.map((value) => label.values.indexOf(value)).filter((code) => code >= 0))
  return (i) => wanted.has(label.codes[i]!)
}

function found({ searchNames, searchSequences }: ExploredContent, search: string): Condition {
  const name = search.toLowerCase()
  const encoded = search.length >= SHORTEST_SEQUENCE ? encodeBases(search) : null
  if (!encoded || !('codes' in encoded)) return (i) => searchNames[i]!.includes(name)
  const forward = searchable(search)
  const reverse = decodeBases(reverseComplement(encoded.codes))
  return (i) => searchNames[i]!.includes(name) || searchSequences[i]!.includes(forward) || searchSequences[i]!.includes(reverse)
}

function cellTypeNamed({ cellTypes }: ExploredContent, named: string): ExploredCellType {
  const cellType = cellTypes.find(({ name }) => name === named)
  if (!cellType) throw notThere(`This dataset has no cell type ${named}.`)
  return cellType
}

function notThere(message: string): WorkbenchError {
  return new WorkbenchError('invalid-input', message, { hint: 'Change the filter.' })
}
