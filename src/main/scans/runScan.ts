import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import type { Scan } from '../../shared/domain/scan.ts'
import { pairInto, pairsIn } from '../../shared/dna/codePairs.ts'
import { fitBases } from '../../shared/dna/fitBases.ts'
import type { Core } from '../core.ts'
import { readBackground, readKeptWindows, saveBackground } from '../db/scanChunks.ts'
import { endScan, readScan, saveScanChunk } from '../db/scans.ts'
import type { EngineSupervisor } from '../engine/engineSupervisor.ts'
import type { StopReason } from '../experiments/trainRun.ts'
import { assembleChunk, type Assembling } from './chunkAssembler.ts'
import type { ChunkToScore, ScanStart } from './chunkFiller.ts'
import { chunksToScore } from './chunksToScore.ts'
import type { ScanModels } from './scanModels.ts'
import type { ScanPlan } from './scanPlan.ts'
import { scoreChunk, type ScoreBases, type Scores } from './scoreChunk.ts'
import { scorePipeline } from './scorePipeline.ts'
import type { ReadRecord } from '../files/readPackedFasta.ts'
import type { OpenedSequences } from './readSequences.ts'
import { ShuffledSample } from './shuffledSample.ts'

/** A scan that is about to run, or to go on. */
export interface ScanJob {
  readonly id: number
  readonly models: ScanModels
  readonly plan: ScanPlan
  readonly sequences: OpenedSequences<ReadRecord>
  readonly start: ScanStart
  /** Seconds of work on it before. */
  readonly seconds: number
}

/** How fast a scan is, while it runs. */
export type Pace = Pick<Scan, 'rate' | 'secondsLeft'>

/** Between two times that a scan tells how far it is. */
const TELL_MILLISECONDS = 100
/** With so many sequences at most, a scan is complete only with their doubts; those of more are found while their scores are looked at. */
const ASSESSED_AT_ONCE = 50_000
/** An ensemble's spread is doubtful beyond this share of the standard deviation of the training part's activities. */
const LARGEST_SPREAD = 0.5

/**
 * Scores the records of a source, a chunk at a time: while the engine has one, those before are kept and the next are read. When the promise
 * resolves, the database says how the scan ended and why; the chunks before that are kept in any case.
 */
export async function runScan(
  core: Core,
  supervisor: EngineSupervisor,
  { id, models, plan, sequences, start, seconds }: ScanJob,
  findDoubts: (scan: number) => Promise<void>,
  stop: AbortSignal,
  tell: (pace: Pace) => void,
): Promise<void> {
  const { database } = core
  const began = performance.now()
  const elapsed = () => (performance.now() - began) / 1000
  const sample = new ShuffledSample(plan.options.shuffled, plan.options.seed)
  const engine: ScoreBases = async (model, bases) => {
    if (stop.aborted) throw new WorkbenchError('cancelled', 'Stopped.')
    return (await supervisor.use((calls) => calls.models.score({ model, bases }, { signal: stop }), stop)).scores
  }
  const score = (chunk: ChunkToScore & Read): Promise<Scores> =>
    chunk.rows === 0 ? Promise.resolve({ scores: new Float32Array(0), spread: null }) : scoreChunk(models.scorers, chunk.bases, engine)
  const assembling: Assembling = {
    columns: models.columns.length,
    largestSpread: largestSpread(readBackground(database, id, 'training'), models.columns.length),
    keptWindows: (position) => readKeptWindows(database, id, position),
  }
  try {
    let rows = 0
    let told = -Infinity
    let firstShare: number | null = null
    for await (const { chunk, scores } of scorePipeline(
      withShare(chunksToScore(sequences.batches, plan, start, sample), sequences),
      score,
    )) {
      saveScanChunk(database, id, { ...assembleChunk(chunk, scores, assembling), seconds: seconds + elapsed() })
      rows += chunk.rows
      firstShare ??= chunk.share
      if (performance.now() - told < TELL_MILLISECONDS) continue
      told = performance.now()
      tell(paceOf(rows, elapsed(), chunk.share, start.records === 0 ? 0 : firstShare))
    }
    await keepShuffled(core, id, models, plan, sample, engine)
    if (readScan(database, id).scored <= ASSESSED_AT_ONCE) await findDoubts(id)
    endScan(database, id, 'completed', null)
  } catch (fault) {
    const end = endOf(fault, stop)
    if (end.state === 'failed') core.log.error({ err: fault, scan: id }, 'the scan failed')
    endScan(database, id, end.state, end.message)
  }
}

interface Read {
  /** How much of the source was read when the chunk was full, 0 to 1; null where nobody knows how much there is. */
  readonly share: number | null
}

async function* withShare(
  chunks: AsyncIterable<ChunkToScore>,
  sequences: OpenedSequences<ReadRecord>,
): AsyncGenerator<ChunkToScore & Read> {
  for await (const chunk of chunks) yield { ...chunk, share: sequences.share() }
}

function paceOf(rows: number, elapsed: number, share: number | null, from: number | null): Pace {
  const done = share !== null && from !== null && from < 1 ? (share - from) / (1 - from) : 0
  return { rate: elapsed > 0 ? rows / elapsed : null, secondsLeft: done > 0 ? (elapsed * (1 - done)) / done : null }
}

/** Scores the shuffled sequences, and keeps what they give. */
async function keepShuffled(
  { database }: Core,
  id: number,
  { scorers, columns }: ScanModels,
  { frame }: ScanPlan,
  sample: ShuffledSample,
  engine: ScoreBases,
) {
  const shuffled = sample.shuffled()
  if (shuffled.length === 0) return
  const width = pairsIn(frame.length)
  const bases = new Uint8Array(shuffled.length * width)
  shuffled.forEach((codes, i) => pairInto(bases, i * width, fitBases(codes, frame).codes))
  const { scores } = await scoreChunk(scorers, bases, engine)
  const byColumn = columns.map((_, c) => Float32Array.from(shuffled, (_, i) => scores[i * columns.length + c]!).sort())
  saveBackground(database, id, 'shuffled', byColumn)
}

function largestSpread(training: ReadonlyMap<number, Float32Array>, columns: number): number[] {
  return Array.from({ length: columns }, (_, c) => {
    const values = training.get(c)
    if (!values || values.length < 2) return Number.NaN
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return LARGEST_SPREAD * Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
  })
}

function endOf(fault: unknown, stop: AbortSignal): { state: 'cancelled' | 'failed' | 'interrupted'; message: string | null } {
  if (stop.aborted) {
    const closing = stop.reason === ('closing' satisfies StopReason)
    return closing ? { state: 'interrupted', message: 'The workbench was closed during this scan.' } : { state: 'cancelled', message: null }
  }
  if (fault instanceof WorkbenchError) return { state: 'failed', message: fault.message }
  return { state: 'failed', message: `Something went wrong inside the workbench (${messageOf(fault)}).` }
}
