import type { StageProgress } from '../../shared/contract/calls/inputs.ts'
import { seenSchema, type Preflight, type PreflightClass, type Seen, type Skipped } from '../../shared/domain/scan.ts'
import { parts } from '../../shared/domain/split.ts'
import { cutBothAdapters, fitBases, hasAdapters } from '../../shared/dna/fitBases.ts'
import { countGc } from '../../shared/dna/gc.ts'
import { countWindows } from '../../shared/dna/windows.ts'
import type { FastaRecord } from '../files/readFasta.ts'
import { hashOfBytes, hashOfText, MetHashes } from './hashes.ts'
import { classMessage, skippedMessage } from './preflightWords.ts'
import type { OpenedSequences } from './readSequences.ts'
import { isLong, reasonToSkip, type ScanPlan } from './scanPlan.ts'
import type { Sighting } from './seen/seenIndex.ts'

/** Skipped records that are shown one by one; the rest are counted. */
const SHOWN_SKIPPED = 200
/** Records of each class that are named. */
const SHOWN_FIRST = 5

type Kind = PreflightClass['kind']

/** Most serious first: the order of the notes. */
const levels: Readonly<Record<Exclude<Kind, 'skipped'>, PreflightClass['level']>> = {
  'seen-in-training': 'warning',
  windows: 'info',
  middle: 'warning',
  padded: 'warning',
  'adapters-missing': 'warning',
  ambiguous: 'warning',
  'repeated-names': 'warning',
  'repeated-sequences': 'info',
  'adapters-added': 'info',
  'lower-case': 'info',
  rna: 'info',
  fits: 'info',
}
const order = { error: 0, warning: 1, info: 2 }

/** A record that came in pieces, as far as it was read. */
interface Gathered {
  readonly record: FastaRecord
  length: number
  bases: number
  lowerCase: boolean
  rna: boolean
  seen: Sighting | null
  problem: FastaRecord['problem']
}

/**
 * Reads sequences once, from the first to the last, and says what scoring them would do. Keeps a number a name and a sequence to tell those
 * that stand twice, and nothing else of a record.
 *
 * @throws WorkbenchError where the source as a whole cannot be read
 */
export async function preflight(
  sequences: OpenedSequences,
  plan: ScanPlan,
  strictness: { readonly ambiguousBases: 'zeros' | 'probabilities' },
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: (value: StageProgress) => void },
): Promise<Preflight> {
  const { frame, options, training } = plan
  const classes = new Map<Kind, { count: number; readonly first: { name: string; line: number }[] }>()
  const put = (kind: Kind, { name, line }: Pick<FastaRecord, 'name' | 'line'>) => {
    let known = classes.get(kind)
    if (!known) classes.set(kind, (known = { count: 0, first: [] }))
    known.count++
    if (known.first.length < SHOWN_FIRST) known.first.push({ name, line })
  }
  const skipped: Skipped[] = []
  const skip = (record: Pick<FastaRecord, 'name' | 'line'>, line: number, reason: string) => {
    put('skipped', { name: record.name, line })
    if (skipped.length < SHOWN_SKIPPED) skipped.push({ name: record.name, line, reason })
  }
  const names = new MetHashes()
  const bodies = new MetHashes()
  const seen = new Map<string, number>()
  const index = training && options.seen ? training.seen() : null
  const construct = frame.prefix.length + frame.suffix.length
  let records = 0
  let windows = 0
  let shortest = Infinity
  let longest = 0
  let open: Gathered | undefined

  const take = (
    record: FastaRecord,
    { length, bases, lowerCase, rna, seen: sighting }: Omit<Gathered, 'record' | 'problem'>,
    codes: Uint8Array | null,
  ) => {
    shortest = Math.min(shortest, length)
    longest = Math.max(longest, length)
    if (lowerCase) put('lower-case', record)
    if (rna) put('rna', record)
    if (bases < length) put('ambiguous', record)
    if (codes && bodies.meet(hashOfBytes(codes))) put('repeated-sequences', record)
    if (sighting) {
      put('seen-in-training', record)
      const key = [sighting.part, sighting.relation].join()
      seen.set(key, (seen.get(key) ?? 0) + 1)
    }
    if (options.long === 'windows' && (!codes || isLong(codes, plan))) {
      put('windows', record)
      windows += countWindows(length, plan.windows)
      return
    }
    if (!codes) return
    const fitted = fitBases(codes, frame)
    if (fitted.padded) put('padded', record)
    if (fitted.shortened) put('middle', record)
    if (fitted.adapters === 'added') put('adapters-added', record)
    else if (frame.adapters === 'keep' && construct > 0 && !hasAdapters(codes, frame.prefix, frame.suffix)) put('adapters-missing', record)
    else if (!fitted.padded && !fitted.shortened) put('fits', record)
  }
  const sightingOf = (codes: Uint8Array) => index?.nearest(cutBothAdapters(codes, frame.prefix, frame.suffix)) ?? null
  const begin = (record: FastaRecord) => {
    records++
    if (names.meet(hashOfText(record.name))) put('repeated-names', record)
  }

  for await (const batch of sequences.batches) {
    signal.throwIfAborted()
    progress({ stage: `Reading ${sequences.file}`, ...sequences.read() })
    for (const record of batch) {
      const { sequence, codes, problem, piece } = record
      if (!piece) {
        begin(record)
        if (problem) {
          skip(record, problem.line, problem.message)
          continue
        }
        const { gc, at } = countGc(codes)
        const reason = reasonToSkip(record, codes.length, gc + at, isLong(codes, plan), plan)
        if (reason !== null) skip(record, record.line, reason)
        else {
          const letters = { lowerCase: /[a-z]/.test(sequence), rna: /u/i.test(sequence) }
          take(record, { length: codes.length, bases: gc + at, ...letters, seen: sightingOf(codes) }, codes)
        }
        continue
      }
      if (piece.first) {
        begin(record)
        open = { record, length: 0, bases: 0, lowerCase: false, rna: false, seen: null, problem: null }
      }
      if (!open) continue
      const { gc, at } = countGc(codes)
      open.length += codes.length
      open.bases += gc + at
      open.lowerCase ||= /[a-z]/.test(sequence)
      open.rna ||= /u/i.test(sequence)
      open.seen ??= problem ? null : sightingOf(codes)
      open.problem ??= problem
      if (!piece.last) continue
      const reason = open.problem?.message ?? reasonToSkip(open.record, open.length, open.bases, true, plan)
      if (reason === null) take(open.record, open, null)
      else skip(open.record, open.problem?.line ?? open.record.line, reason)
      open = undefined
    }
  }
  const skippedCount = classes.get('skipped')?.count ?? 0
  const scorable = records - skippedCount
  const described = (Object.keys(levels) as (keyof typeof levels)[]).flatMap((kind): PreflightClass[] => {
    const found = classes.get(kind)
    return found
      ? [{ kind, level: levels[kind], ...found, message: classMessage(kind, found.count, { plan, windows, seen, ...strictness }) }]
      : []
  })
  const ofSkipped: PreflightClass[] = skipped[0]
    ? [
        {
          kind: 'skipped',
          level: scorable === 0 ? 'error' : 'warning',
          ...classes.get('skipped')!,
          message: skippedMessage(skipped[0], skippedCount, records),
        },
      ]
    : []
  const all = [...ofSkipped, ...described].sort((a, b) => order[a.level] - order[b.level])
  const unnamed = sequences.layout === 'plain' || sequences.table?.taken.name === null
  return {
    file: sequences.file,
    layout: sequences.layout,
    table: sequences.table,
    records,
    scorable,
    windows,
    modelLength: frame.length,
    shortest: scorable > 0 ? shortest : 0,
    longest,
    notes: [
      ...all.filter(({ kind }) => kind !== 'fits').map(({ level, message, count }) => ({ level, message, count })),
      ...(unnamed ? [{ level: 'info' as const, count: records, message: 'The sequences have no names; each is named by its line.' }] : []),
    ],
    classes: all,
    seen: index
      ? parts.flatMap((part) =>
          seenSchema.shape.relation.options.flatMap((relation): Seen[] => {
            const count = seen.get([part, relation].join()) ?? 0
            return count > 0 ? [{ part, relation, count }] : []
          }),
        )
      : null,
    skipped,
    skippedCount,
  }
}
