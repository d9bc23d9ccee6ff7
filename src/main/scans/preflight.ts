import { isUnambiguous } from '../../shared/dna/bases.ts'
import { fitBases, hasAdapters } from '../../shared/dna/fitBases.ts'
import type { Preflight, Skipped } from '../../shared/domain/scan.ts'
import type { SavedModel } from '../experiments/savedModel.ts'
import type { OpenedSource } from '../files/openSource.ts'
import { readSequences } from './readSequences.ts'
import { reasonOfSkipped } from './recordsToScore.ts'

/** Skipped records that are shown one by one; the rest are counted. */
const SHOWN_SKIPPED = 200

type Note = Preflight['notes'][number]

/** What can be said of the sequences of a source, with how many it is true of. */
interface Traits {
  lowerCase: number
  uracil: number
  ambiguous: number
  padded: number
  shortened: number
  adaptersAdded: number
  withoutAdapters: number
  repeatedNames: number
}

/**
 * Reads a source once, from its start to its end, and says what scoring it would do. Keeps a number a name to tell names
 * that stand twice, and nothing else of a record.
 *
 * @throws WorkbenchError where the source as a whole cannot be read
 */
export async function preflight(source: OpenedSource, saved: SavedModel, signal: AbortSignal): Promise<Preflight> {
  const { model, frame } = saved
  const traits: Traits = {
    lowerCase: 0,
    uracil: 0,
    ambiguous: 0,
    padded: 0,
    shortened: 0,
    adaptersAdded: 0,
    withoutAdapters: 0,
    repeatedNames: 0,
  }
  const skipped: Skipped[] = []
  const names = new Set<number>()
  let records = 0
  let skippedCount = 0
  let shortest = Infinity
  let longest = 0
  const construct = frame.prefix.length + frame.suffix.length
  const { layout, records: sequences } = await readSequences(source)
  for await (const { name, sequence, codes, problem } of sequences) {
    signal.throwIfAborted()
    records++
    const key = hash53(name)
    if (names.has(key)) traits.repeatedNames++
    names.add(key)
    if (problem) {
      skippedCount++
      if (skipped.length < SHOWN_SKIPPED) skipped.push({ name, line: problem.line, reason: problem.message })
      continue
    }
    shortest = Math.min(shortest, codes.length)
    longest = Math.max(longest, codes.length)
    if (/[a-z]/.test(sequence)) traits.lowerCase++
    if (/u/i.test(sequence)) traits.uracil++
    if (!codes.every(isUnambiguous)) traits.ambiguous++
    const fitted = fitBases(codes, frame)
    if (fitted.padded) traits.padded++
    if (fitted.shortened) traits.shortened++
    if (fitted.adapters === 'added') traits.adaptersAdded++
    else if (frame.adapters === 'keep' && construct > 0 && !hasAdapters(codes, frame.prefix, frame.suffix)) traits.withoutAdapters++
  }
  const scorable = records - skippedCount
  return {
    file: source.name,
    records,
    scorable,
    modelLength: model.length,
    shortest: scorable > 0 ? shortest : 0,
    longest,
    notes: [...skippedNote(skipped, skippedCount, records), ...traitNotes(traits, saved), ...layoutNote(layout, records)],
    skipped,
    skippedCount,
  }
}

function skippedNote([first]: readonly Skipped[], count: number, records: number): Note[] {
  if (!first) return []
  const where = reasonOfSkipped(first)
  const others = records - count
  const fine =
    others === 0
      ? 'There is nothing else to score.'
      : others === 1
        ? 'The other sequence is fine.'
        : `The other ${others} sequences are fine.`
  const message =
    count === 1 ? `${where} ${fine}` : `${count} of ${records} sequences cannot be scored, the first for this reason: ${where} ${fine}`
  return [{ level: others === 0 ? 'error' : 'warning', message, count }]
}

function traitNotes(traits: Traits, { model, frame }: SavedModel): Note[] {
  const { length, ambiguousBases } = model
  const construct = frame.prefix.length + frame.suffix.length
  const notes: Note[] = []
  const add = (level: Note['level'], count: number, message: (sequences: string, one: boolean) => string) => {
    if (count > 0) notes.push({ level, count, message: message(count === 1 ? '1 sequence' : `${count} sequences`, count === 1) })
  }
  const read = ambiguousBases === 'zeros' ? 'as no base at all, as it was trained' : 'as the bases that they may stand for'
  const room = construct > 0 && frame.adapters === 'keep' ? `${length - construct} bases between its adapters` : `${length} bases`
  add(
    'warning',
    traits.shortened,
    (n, one) => `${n} ${one ? 'is' : 'are'} longer than the model reads (${room}): only the middle is scored.`,
  )
  add(
    'warning',
    traits.padded,
    (n, one) => `${n} ${one ? 'is' : 'are'} shorter than the model reads (${room}): ${one ? 'it is' : 'they are'} padded on both sides.`,
  )
  add(
    'warning',
    traits.withoutAdapters,
    (n, one) =>
      `${n} of the model’s length ${one ? 'does' : 'do'} not have the adapters that it was trained with; ${one ? 'it is' : 'they are'} scored as ${one ? 'it is' : 'they are'}.`,
  )
  add(
    'warning',
    traits.ambiguous,
    (n, one) => `${n} ${one ? 'has' : 'have'} letters other than A, C, G and T, such as N; the model reads them ${read}.`,
  )
  add('warning', traits.repeatedNames, (n, one) => `${n} ${one ? 'has' : 'have'} a name that stands earlier in the file; all are kept.`)
  add(
    'info',
    traits.adaptersAdded,
    (n, one) => `${n} ${one ? 'comes' : 'come'} without the construct’s adapters, with which the model was trained; they are added.`,
  )
  add('info', traits.lowerCase, (n, one) => `${n} ${one ? 'has' : 'have'} lower-case letters; they are read as upper case.`)
  add('info', traits.uracil, (n, one) => `${n} ${one ? 'is' : 'are'} written as RNA; U is read as T.`)
  return notes
}

function layoutNote(layout: 'fasta' | 'plain', count: number): Note[] {
  return layout === 'plain' ? [{ level: 'info', count, message: 'The sequences have no names; each is named by its line.' }] : []
}

/** A number of 53 bits that stands for a text (cyrb53 by bryc, public domain): among a million, two fall together once in 18,000 files. */
function hash53(text: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (2097151 & low) + (high >>> 0)
}
