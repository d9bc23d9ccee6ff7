import type { ScannedSequence } from '../../../shared/domain/locus.ts'
import type { Scan } from '../../../shared/domain/scan.ts'
import { parts } from '../../../shared/domain/split.ts'
import { WorkbenchError } from '../../../shared/domain/errors.ts'
import { codesOf, decodeBases, reverseComplement } from '../../../shared/dna/bases.ts'
import { codePairs } from '../../../shared/dna/codePairs.ts'
import { cutBothAdapters, fitBases } from '../../../shared/dna/fitBases.ts'
import { windowStart } from '../../../shared/dna/windows.ts'
import type { Breathe } from '../../datasets/breathe.ts'
import { readActivities, readDataset } from '../../db/datasets.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import { readBases } from '../../db/scanChunks.ts'
import type { StoredScan } from '../../db/scans.ts'
import type { EngineSupervisor } from '../../engine/engineSupervisor.ts'
import { motifLibrary } from '../../motifs/motifLibrary.ts'
import { scanMotifs } from '../../motifs/scanMotifs.ts'
import { findModelData, readBareElements } from '../modelData.ts'
import { loadScanModels } from '../scanModels.ts'
import { scoreChunk } from '../scoreChunk.ts'
import { SeenIndex, type Sighting } from '../seen/seenIndex.ts'
import { recordAt, windowScores, windowsOf, type ScannedRecord } from './scannedWindows.ts'

/** Bases that are shown, searched for motifs, and compared with the training part. */
const MOST_BASES = 100_000
const relations: readonly Sighting['relation'][] = ['exact', 'reverse complement', 'overlap']

/** Related elements that are shown, the nearest first. */
const MOST_SEEN = 50

/**
 * All that is known of one sequence of a scan: its bases, what each strand alone scores, its motifs, and the elements of the first model's
 * data that it equals or overlaps.
 *
 * @throws WorkbenchError `not-found` where there is no such sequence; `unavailable` where its bases were not kept, or the engine fails
 */
export async function describeSequence(
  database: ReadableDatabase,
  checkpointsFolder: string,
  supervisor: EngineSupervisor,
  scan: StoredScan,
  position: number,
  breathe: Breathe,
  signal: AbortSignal,
): Promise<ScannedSequence> {
  const record = recordAt(database, scan, position)
  const codes = readBases(database, scan.id, position, 0, MOST_BASES)
  if (!codes) {
    throw new WorkbenchError(
      'unavailable',
      `${scan.name} was made by an earlier version of the workbench, which did not keep the sequences.`,
      {
        hint: 'Score the file again.',
      },
    )
  }
  const scored = await bestStretch(database, scan, record, breathe)
  const library = motifLibrary()
  return {
    bases: decodeBases(codes),
    strands: scan.models.every(({ available }) => available)
      ? await scoreStrands(
          database,
          checkpointsFolder,
          supervisor,
          scan,
          readBases(database, scan.id, position, scored.start, scored.end)!,
          signal,
        )
      : null,
    scored,
    seen: await findSeen(database, scan, codes, breathe),
    motifs: scanMotifs(codes, library),
    motifSource: library.source,
  }
}

/** All of a sequence, or its highest window in the first column. */
async function bestStretch(database: ReadableDatabase, scan: StoredScan, record: ScannedRecord, breathe: Breathe) {
  if (record.windows === 0) return { start: 0, end: record.length }
  const width = scan.columns.length
  let [best, highest] = [0, -Infinity]
  for await (const { first, scores } of windowScores(database, scan, record, breathe)) {
    for (let i = 0, window = first; i < scores.length; i += width, window++) {
      if (scores[i]! > highest) [best, highest] = [window, scores[i]!]
    }
  }
  const layout = windowsOf(scan)
  const start = windowStart(best, record.length, layout)
  return { start, end: start + layout.length }
}

async function scoreStrands(
  database: ReadableDatabase,
  checkpointsFolder: string,
  supervisor: EngineSupervisor,
  { models, columns }: Pick<Scan, 'models' | 'columns'>,
  codes: Uint8Array,
  signal: AbortSignal,
): Promise<ScannedSequence['strands']> {
  const references = models.map(({ reference }) => reference)
  const { scorers, frame } = await loadScanModels(database, checkpointsFolder, references, { strands: 'forward' })
  const forward = fitBases(codes, frame).codes
  const both = new Uint8Array(2 * forward.length)
  both.set(forward)
  both.set(reverseComplement(forward), forward.length)
  const { scores } = await scoreChunk(scorers, codePairs(both, forward.length), async (model, bases) => {
    const answer = await supervisor.use((calls) => calls.models.score({ model, bases }, { signal }), signal)
    return answer.scores
  })
  return { forward: [...scores.subarray(0, columns.length)], reverse: [...scores.subarray(columns.length)] }
}

async function findSeen(
  database: ReadableDatabase,
  { models }: Pick<Scan, 'models'>,
  codes: Uint8Array,
  breathe: Breathe,
): Promise<ScannedSequence['seen']> {
  const [first] = models
  const data = first?.available ? findModelData(database, first.reference) : null
  if (!data) return []
  const { names, elements } = readBareElements(database, data.dataset)
  // The other way round than in a scan: of one sequence the index is made, and every element is looked up in it.
  const { prefix, suffix } = readDataset(database, data.dataset).adapters
  const index = new SeenIndex([cutBothAdapters(codes, codesOf(prefix), codesOf(suffix))], Uint8Array.of(0))
  const found: { readonly element: number; readonly relation: Sighting['relation'] }[] = []
  for (const [element, bases] of elements.entries()) {
    const sighting = index.nearest(bases)
    if (sighting) found.push({ element, relation: sighting.relation })
    if (element % 64 === 0) await breathe()
  }
  if (found.length === 0) return []
  found.sort(
    (a, b) => relations.indexOf(a.relation) - relations.indexOf(b.relation) || data.assignment[a.element]! - data.assignment[b.element]!,
  )
  const activities = readActivities(database, data.dataset)
  return found.slice(0, MOST_SEEN).map(({ element, relation }) => ({
    element: names[element]!,
    part: parts[data.assignment[element]!]!,
    relation,
    activities: activities.map((values) => (Number.isNaN(values[element]) ? null : values[element]!)),
  }))
}
