import { WorkbenchError } from '../../../shared/domain/errors.ts'
import { random, shuffle } from '../../../shared/stats/random.ts'
import { PartFiller } from './fillParts.ts'
import { SHARES, type Assignment, type SplitContent } from './splitContent.ts'

const COORDINATES = /(?:^|[^A-Za-z0-9])(chr(?:[1-9]|1\d|2[0-2]|X|Y|M|MT|Un|[1-9][LR]|[IVX]+)(?:_[A-Za-z0-9]+)?)[:_](\d+)[-_](\d+)/
/** Names that must tell a chromosome; the others go to the training part, where they cannot flatter a test. */
const ENOUGH = 0.9

/** The chromosome in a name that tells coordinates (`chr2:210861483-210861650`), or null. */
export function chromosomeOf(name: string): string | null {
  return COORDINATES.exec(name)?.[1] ?? null
}

/** Whole chromosomes to each part, 70/15/15 by elements as nearly as they allow. Seeded. */
export function splitByChromosome({ names }: SplitContent, seed: number): Assignment {
  const chromosomes = names.map(chromosomeOf)
  const sizes = new Map<string, number>()
  for (const chromosome of chromosomes) if (chromosome) sizes.set(chromosome, (sizes.get(chromosome) ?? 0) + 1)
  const telling = chromosomes.filter((chromosome) => chromosome !== null).length
  if (telling < names.length * ENOUGH || sizes.size < SHARES.length) {
    const why =
      telling < names.length * ENOUGH
        ? `${telling} of ${names.length} names tell where their element lies`
        : `the names tell of ${sizes.size} chromosomes only`
    throw new WorkbenchError('invalid-input', `This dataset cannot be split by chromosome: ${why}.`, {
      hint: 'Split it by group: that keeps related sequences together, wherever they lie.',
    })
  }
  const order = shuffle([...sizes.keys()].sort(), random(seed)).sort((a, b) => sizes.get(b)! - sizes.get(a)!)
  const filler = new PartFiller(SHARES)
  const partOf = new Map(order.map((chromosome) => [chromosome, filler.next(sizes.get(chromosome)!)]))
  return { parts: Uint8Array.from(chromosomes, (chromosome) => (chromosome === null ? 0 : partOf.get(chromosome)!)), groups: sizes.size }
}
