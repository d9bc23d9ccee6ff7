import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { ScorerReference } from '../../shared/domain/model.ts'
import type { ScanColumn, ScanOptions } from '../../shared/domain/scan.ts'
import type { Target } from '../../shared/domain/recipe.ts'
import type { Frame } from '../../shared/dna/fitBases.ts'
import type { ReadableDatabase } from '../db/database.ts'
import { loadScorer, type Scorer } from '../models/loadScorer.ts'

/** What a scan scores with. */
export interface ScanModels {
  readonly scorers: readonly Scorer[]
  readonly columns: readonly ScanColumn[]
  readonly target: Target
  /** How a sequence comes before all of them. */
  readonly frame: Frame
}

/**
 * Loads what a scan scores with, its strands as the options say.
 *
 * @throws WorkbenchError as {@link loadScorer} does; `invalid-input` where they predict different things, or read sequences differently
 */
export async function loadScanModels(
  database: ReadableDatabase,
  checkpointsFolder: string,
  references: readonly ScorerReference[],
  { strands }: Pick<ScanOptions, 'strands'>,
): Promise<ScanModels> {
  const scorers: Scorer[] = []
  for (const reference of references) scorers.push(withStrands(await loadScorer(database, checkpointsFolder, reference), strands))
  const first = scorers[0]!
  const { frame } = first.members[0]!
  for (const other of scorers.slice(1)) {
    if (other.target !== first.target) {
      throw cannotBeTogether(first, other, 'one predicts log2(RNA/DNA), the other specificity')
    }
    if (other.length !== first.length) throw cannotBeTogether(first, other, `one reads ${first.length} bases, the other ${other.length}`)
    if (other.members.some((member) => frameKey(member.frame) !== frameKey(frame))) {
      throw cannotBeTogether(first, other, 'they were trained with other adapters')
    }
  }
  return { scorers, columns: columnsOf(scorers), target: first.target, frame }
}

/** The columns of scores: by cell type, with the model's name before it where there are several, and a number where names are the same. */
export function columnsOf(scorers: readonly Pick<Scorer, 'name' | 'cellTypes'>[]): ScanColumn[] {
  const taken = new Set<string>()
  return scorers.flatMap(({ name, cellTypes }, model) =>
    cellTypes.map((cellType) => {
      const wanted = scorers.length === 1 ? cellType : `${name}: ${cellType}`
      let key = wanted
      for (let n = 2; taken.has(key); n++) key = `${wanted} (${n})`
      taken.add(key)
      return { key, model, cellType }
    }),
  )
}

function withStrands(scorer: Scorer, strands: ScanOptions['strands']): Scorer {
  if (strands === 'model') return scorer
  return { ...scorer, members: scorer.members.map((member) => ({ ...member, model: { ...member.model, strands } })) }
}

function frameKey({ length, adapters, prefix, suffix }: Frame): string {
  return [length, adapters, prefix.join(''), suffix.join('')].join()
}

function cannotBeTogether(a: Scorer, b: Scorer, why: string): WorkbenchError {
  return new WorkbenchError('invalid-input', `${a.name} and ${b.name} cannot score in one scan: ${why}.`, {
    hint: 'Give each a scan of its own.',
  })
}
