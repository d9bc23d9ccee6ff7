import { WorkbenchError } from '../../../shared/domain/errors.ts'
import { parts, type Shares } from '../../../shared/domain/split.ts'
import { random, shuffle } from '../../../shared/stats/random.ts'
import { PartFiller } from './fillParts.ts'
import { TEST, TRAIN, VALIDATION, type Assignment, type SplitContent } from './splitContent.ts'

/** Share of the elements that must say where they lie; the others go to the training part, where they cannot flatter a test. */
export const ENOUGH_LOCATED = 0.9

export interface ChromosomeSettings {
  readonly seed: number
  readonly shares: Shares
  /** Chromosomes of these parts; drawn by the shares where none is named. */
  readonly validation: readonly string[]
  readonly test: readonly string[]
}

/**
 * Whole chromosomes to each part: those that are named where they are named, or so many as come nearest to the part's share
 * of the elements. Seeded.
 *
 * Related sequences may lie on chromosomes of different parts (repeats, paralogues, the same insert twice). Such a group goes
 * to the training part whole: the test stays on its own chromosomes alone, and nothing like it is learnt from.
 */
export function splitByChromosome(
  { chromosomes, groups }: Pick<SplitContent, 'chromosomes' | 'groups'>,
  settings: ChromosomeSettings,
): Assignment {
  const sizes = sizesOf(chromosomes)
  refuseUnlocated(chromosomes, sizes.size)
  const partOf = dealChromosomes(sizes, settings)
  const partsOfGroup = new Uint8Array(groups.length)
  chromosomes.forEach((chromosome, i) => {
    if (chromosome !== null) partsOfGroup[groups[i]!]! |= 1 << partOf.get(chromosome)!
  })
  const assigned = Uint8Array.from(groups, (group) => {
    const among = partsOfGroup[group]!
    return among === 1 << TEST ? TEST : among === 1 << VALIDATION ? VALIDATION : TRAIN
  })
  for (const part of [VALIDATION, TEST, TRAIN]) {
    if (assigned.includes(part)) continue
    throw new WorkbenchError('invalid-input', `This split by chromosome leaves no element for ${wordOf(part)}.`, {
      hint: 'Name other chromosomes, or split by group. Elements that are related across parts go to training.',
    })
  }
  return { parts: assigned, groups: sizes.size }
}

/** Elements on each chromosome. */
export function sizesOf(chromosomes: readonly (string | null)[]): Map<string, number> {
  const sizes = new Map<string, number>()
  for (const chromosome of chromosomes) if (chromosome !== null) sizes.set(chromosome, (sizes.get(chromosome) ?? 0) + 1)
  return sizes
}

function dealChromosomes(sizes: ReadonlyMap<string, number>, settings: ChromosomeSettings): Map<string, number> {
  const partOf = new Map<string, number>()
  const name = (chromosome: string, part: number) => {
    if (!sizes.has(chromosome)) throw wrongName(`No element lies on ${chromosome}.`, sizes)
    if (partOf.has(chromosome)) throw wrongName(`${chromosome} is named for both validation and test.`, sizes)
    partOf.set(chromosome, part)
  }
  for (const chromosome of new Set(settings.validation)) name(chromosome, VALIDATION)
  for (const chromosome of new Set(settings.test)) name(chromosome, TEST)
  const drawn = [TRAIN, VALIDATION, TEST].filter((part) => part === TRAIN || settings[part === TEST ? 'test' : 'validation'].length === 0)
  const left = [...sizes.keys()].filter((chromosome) => !partOf.has(chromosome)).sort()
  const order = shuffle(left, random(settings.seed)).sort((a, b) => sizes.get(b)! - sizes.get(a)!)
  const filler = new PartFiller(drawn.map((part) => settings.shares[parts[part]!]))
  for (const chromosome of order) partOf.set(chromosome, drawn[filler.next(sizes.get(chromosome)!)]!)
  return partOf
}

function refuseUnlocated(chromosomes: readonly (string | null)[], count: number): void {
  const located = chromosomes.filter((chromosome) => chromosome !== null).length
  const few = located < chromosomes.length * ENOUGH_LOCATED
  if (!few && count >= parts.length) return
  const why = few
    ? `${located} of ${chromosomes.length} elements say where they lie`
    : `the elements lie on ${count} ${count === 1 ? 'chromosome' : 'chromosomes'} only`
  throw new WorkbenchError('invalid-input', `This dataset cannot be split by chromosome: ${why}.`, {
    hint: 'Split it by group: that keeps related sequences together, wherever they lie.',
  })
}

function wrongName(message: string, sizes: ReadonlyMap<string, number>): WorkbenchError {
  return new WorkbenchError('invalid-input', message, { hint: `There are: ${[...sizes.keys()].sort().slice(0, 40).join(', ')}.` })
}

function wordOf(part: number): string {
  return part === TRAIN ? 'training' : parts[part]!
}
