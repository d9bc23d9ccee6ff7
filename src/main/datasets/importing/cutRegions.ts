import type { ImportPlan } from '../../../shared/domain/importing.ts'
import { codesOf, decodeBases, reverseComplement } from '../../../shared/dna/bases.ts'
import { withGenome } from '../../files/openGenome.ts'
import { checkSequence } from '../../files/readFasta.ts'
import type { ImportContent, Region } from './importContent.ts'
import type { PlanReading } from './planReading.ts'

type FromGenome = Extract<ImportPlan['sequences'], { kind: 'regions' }>

/** Regions that are read at the same time. */
const AT_ONCE = 64

/**
 * Cuts the regions that the tables name out of a genome, in upper case, those on the minus strand as their reverse
 * complements. Those that the genome does not have are kept for the person to decide on.
 */
export async function cutRegions({ genome, index }: FromGenome, content: ImportContent, reading: PlanReading): Promise<void> {
  const { uploadsFolder, breathe, progress } = reading
  await withGenome(genome, index, uploadsFolder, { breathe, progress }, async ({ file, chromosomes, read, rows, sha256 }) => {
    const regions = [...content.regions]
    for (let from = 0; from < regions.length; from += AT_ONCE) {
      progress({ stage: `Cutting regions from ${file}`, done: from, total: regions.length })
      await breathe()
      const some = regions.slice(from, from + AT_ONCE)
      const problems = some.map(([, region]) => whyNot(region, chromosomes))
      const cut = await Promise.all(
        some.map(async ([, { chromosome, start, end }], i) => (problems[i] === null ? read(chromosome, start, end) : '')),
      )
      for (const [i, [number, region]] of some.entries()) put(content, number, region, cut[i]!, problems[i]!)
    }
    content.files.unshift({ name: file, role: 'genome', rows, sha256 })
  })
}

function put(content: ImportContent, number: number, region: Region, cut: string, problem: string | null): void {
  const { library } = content
  const { file, line, strand } = region
  if (problem !== null) {
    library.outside.push(library.placeOf(number, region, problem))
    return
  }
  const checked = checkSequence(cut.toUpperCase())
  if ('message' in checked) {
    library.notDna.push(library.placeOf(number, region, checked.message))
    return
  }
  const sequence = strand === '+' ? cut.toUpperCase() : decodeBases(reverseComplement(checked.codes))
  library.addSequence(number, { sequence, codes: codesOf(sequence), file, line })
}

function whyNot({ chromosome, end }: Region, chromosomes: ReadonlyMap<string, number>): string | null {
  const length = chromosomes.get(chromosome)
  if (length === undefined) {
    const names = [...chromosomes.keys()]
    const other = chromosome.startsWith('chr') ? chromosome.slice(3) : `chr${chromosome}`
    if (chromosomes.has(other)) return `the genome has no ${chromosome}, but ${other}: both must name chromosomes alike`
    return `the genome has no ${chromosome}; it has ${names.slice(0, 3).join(', ')}${names.length > 3 ? ' …' : ''}`
  }
  return end > length ? `${chromosome} ends at ${length.toLocaleString('en')}, the region at ${end.toLocaleString('en')}` : null
}
