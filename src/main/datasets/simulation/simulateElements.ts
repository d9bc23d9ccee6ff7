import { BASES, codesOf, decodeBases, reverseComplement } from '../../../shared/dna/bases.ts'
import { random, type Random } from '../../../shared/stats/random.ts'
import { knownAdapters } from '../findAdapters.ts'
import { cellTypeModel, plantedMotifs, programs, simulatedCellTypes, type PlantedMotif } from './motifEffects.ts'

/** A simulated element with its truth: the activity that an assay without noise would measure. */
export interface SimulatedElement {
  readonly name: string
  /** 230 bases, the known adapters included. */
  readonly sequence: string
  /** log2(RNA/DNA) in the order of {@link simulatedCellTypes}. */
  readonly truth: readonly number[]
  /** The motifs that were planted, a name a site. */
  readonly motifs: readonly string[]
}

interface Site {
  readonly motif: PlantedMotif
  readonly at: number
  readonly reversed: boolean
}

interface Insert {
  readonly bases: string
  readonly sites: readonly Site[]
}

const INSERT_LENGTH = 200
/** Sites stand in slots, so that they never overlap: the longest motif has 21 bases. */
const SLOT = 25
const SLOTS = INSERT_LENGTH / SLOT
const DRAWS = 6
const WINDOW_SHIFT = 60
/** How far the two orientations of an insert differ in truth (SD, log2). */
const ORIENTATION_SD = 0.1

/** The inserts that get an overlapping window next, or an N: seldom, but some in the smallest library. */
const isShiftedWindow = (insert: number) => insert === 3 || insert % 200 === 199
const hasAmbiguousLetters = (insert: number) => insert % 50 === 7

/**
 * Simulated elements, two orientations an insert, the same for the same seed: random DNA of varying GC content with sites of
 * real motifs planted, whose effects per cell type are known. The first elements of a longer library are those of a shorter.
 */
export function* simulateElements(elements: number, seed: number): Generator<SimulatedElement> {
  let before: Insert | undefined
  for (let made = 0, number = 0; made < elements; number++) {
    const source = random(seed, 1, number)
    const insert: Insert = before && isShiftedWindow(number) ? shiftWindow(before, source) : makeInsert(source)
    before = insert
    const bases = hasAmbiguousLetters(number) ? withAmbiguous(insert.bases, source) : insert.bases
    for (const reversed of [false, true]) {
      if (made++ >= elements) return
      yield {
        name: nameOf(number, reversed, insert),
        sequence: construct(bases, reversed),
        truth: truthOf(insert, source),
        motifs: insert.sites.map(({ motif }) => motif.name),
      }
    }
  }
}

/** Sequences of the library that nothing was measured of. */
export function* simulateUnmeasured(count: number, seed: number): Generator<{ name: string; sequence: string }> {
  for (let number = 0; number < count; number++) {
    yield { name: `WTC11_seq${9_000_000 + number}_F`, sequence: construct(makeInsert(random(seed, 2, number)).bases, false) }
  }
}

function makeInsert(source: Random): Insert {
  const gc = Math.min(0.65, Math.max(0.25, 0.45 + 0.08 * source.normal()))
  const bases = Array.from({ length: INSERT_LENGTH }, () => backgroundBase(gc, source))
  const program = programs[source.integer(simulatedCellTypes.length)]!
  const general = programs.at(-1)!
  const sites: Site[] = []
  for (let slot = 0; slot < SLOTS; slot++) {
    if (source.uniform() > 0.4) continue
    const among = source.uniform() < 0.65 ? program : general
    const motif = plantedMotifs.get(among[source.integer(among.length)]!)!
    const at = slot * SLOT + source.integer(SLOT - motif.shares.length + 1)
    const reversed = source.uniform() < 0.5
    const word = strongSite(motif, source)
    bases.splice(at, word.length, ...(reversed ? otherStrand(word) : word))
    sites.push({ motif, at, reversed })
  }
  return { bases: bases.join(''), sites }
}

/** The likeliest of a few words drawn from the matrix: what works is stronger than what is merely bound. */
function strongSite({ shares }: PlantedMotif, source: Random): string {
  let site = ''
  let highest = -Infinity
  for (let draw = 0; draw < DRAWS; draw++) {
    let word = ''
    let likelihood = 0
    for (const position of shares) {
      const base = drawBase(position, source)
      word += BASES[base]!
      likelihood += Math.log(position[base]!)
    }
    if (likelihood > highest) [site, highest] = [word, likelihood]
  }
  return site
}

/** An index in {@link BASES}, as likely as its share; the last that has one, where rounding leaves none. */
function drawBase(shares: readonly number[], source: Random): number {
  let left = source.uniform()
  for (const [base, share] of shares.entries()) if ((left -= share) < 0) return base
  return shares.findLastIndex((share) => share > 0)
}

function shiftWindow(before: Insert, source: Random): Insert {
  const fresh = Array.from({ length: WINDOW_SHIFT }, () => backgroundBase(0.45, source)).join('')
  const sites = before.sites.filter(({ at }) => at >= WINDOW_SHIFT).map((site) => ({ ...site, at: site.at - WINDOW_SHIFT }))
  return { bases: before.bases.slice(WINDOW_SHIFT) + fresh, sites }
}

function withAmbiguous(bases: string, source: Random): string {
  const at = source.integer(INSERT_LENGTH - 3)
  return `${bases.slice(0, at)}NNN${bases.slice(at + 3)}`
}

function backgroundBase(gc: number, source: Random): string {
  const strong = source.uniform() < gc
  return source.uniform() < 0.5 ? (strong ? 'C' : 'A') : strong ? 'G' : 'T'
}

function truthOf({ bases, sites }: Insert, source: Random): number[] {
  const gc = (bases.match(/[GC]/g)?.length ?? 0) / bases.length
  const orientation = ORIENTATION_SD * source.normal()
  return cellTypeModel.map(
    ({ base, perGc }, cellType) =>
      base + perGc * (gc - 0.45) + orientation + sites.reduce((sum, { motif }) => sum + motif.effects[cellType]!, 0),
  )
}

function construct(bases: string, reversed: boolean): string {
  return knownAdapters.prefix + (reversed ? otherStrand(bases) : bases) + knownAdapters.suffix
}

function otherStrand(bases: string): string {
  return decodeBases(reverseComplement(codesOf(bases)))
}

/** Names in the manners of ENCODE's joint library, the awkward ones included. */
function nameOf(number: number, reversed: boolean, { bases, sites }: Insert): string {
  const kind = number % 10
  const suffix = reversed ? '_Reversed:' : ''
  if (kind < 3) return `HepG2_DNasePeakNoPromoter${10_000 + number}${suffix}`
  if (kind < 5) return `K562_DNasePeakNoPromoter${10_000 + number}${suffix}`
  if (kind < 7) return `WTC11_seq${10_000 + number}_${reversed ? 'R' : 'F'}`
  if (kind < 8) return `ENSG${String(10_000 + number).padStart(11, '0')}${suffix}`
  const hits = sites.map(
    ({ motif, at }) => `${at}:V_${motif.name.replace('::', '').toUpperCase()}_01:${bases.slice(at, at + motif.shares.length)}`,
  )
  const start = 1_000_000 + number * 1_000
  return `C:SLEA_hg18:chr${1 + (number % 22)}:${start}-${start + 167}|${hits.join(';')}${suffix}`
}
