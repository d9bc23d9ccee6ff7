import { stat } from 'node:fs/promises'
import type { StageProgress } from '../../shared/contract/calls/inputs.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Preflight, ScanOptions } from '../../shared/domain/scan.ts'
import type { Source } from '../../shared/domain/source.ts'
import { breather } from '../datasets/breathe.ts'
import { holdOpen, type Held } from '../files/holdOpen.ts'
import { withGenome, type Genome } from '../files/openGenome.ts'
import { openSource, pathOfSource, withSource, type OpenedSource } from '../files/openSource.ts'
import { withTable, type OpenedTable } from '../files/openTable.ts'
import { readBedSequences } from '../files/readBedSequences.ts'
import { readFastaBatches, type FastaRecord } from '../files/readFasta.ts'
import { readPackedFasta, type ReadRecord } from '../files/readPackedFasta.ts'
import { readGenbank } from '../files/readGenbank.ts'
import { readPlainSequences } from '../files/readPlainSequences.ts'
import { hasNoHeader, readTableSequences } from '../files/readTableSequences.ts'
import { startsAsWorkbook } from '../files/readWorkbook.ts'
import { fingerprintSource } from './fingerprintSource.ts'

/** How the sequences of a source are written. */
export type SequenceLayout = Preflight['layout']

/** The sequences of a source, open to be read once. */
export interface OpenedSequences<R extends ReadRecord = FastaRecord> {
  /** The source's own name. */
  readonly file: string
  readonly layout: SequenceLayout
  readonly table: Preflight['table']
  /** The records in the source's order, as many at a time as a piece of it holds. */
  readonly batches: AsyncIterable<readonly R[]>
  /** Bytes read so far, and in all where that is known. */
  readonly read: () => { readonly done: number; readonly total: number | null }
  /** How much was read, 0 to 1; null where nobody knows how much there is. */
  readonly share: () => number | null
  close(): Promise<void>
}

/** Letters of a sequence that are held in memory where it is cut into windows; a longer one is read in pieces of about so many. */
const LONGEST_HELD = 1 << 20

/** What it comes to where a file cannot be read to its end: chunks are kept as they are scored. */
const OUTCOME = 'What was scored until then is kept.'

/** While a genome is made ready. */
interface Waiting {
  readonly signal?: AbortSignal
  readonly progress?: (value: StageProgress) => void
}

/** What is asked of the reading of sequences. */
export type Reading = Pick<ScanOptions, 'columns' | 'genome' | 'long'>

/**
 * Opens the sequences to be scored: FASTA; GenBank; plain sequences, one a line, which are named by their lines; a table, as text or as a
 * workbook; or a BED file's places with their genome. Which of them it is, its first bytes and its first line say, never its
 * name alone.
 *
 * @throws WorkbenchError as the readers do, here or while the records are read; `invalid-input` where a BED file lacks its genome
 */
export function openSequences(source: Source, uploadsFolder: string, asked: Reading, waiting?: Waiting): Promise<OpenedSequences> {
  return open(source, uploadsFolder, asked, readFastaBatches, waiting)
}

/** The same for a scan: those of a FASTA file come packed where they can. */
export function openPackedSequences(
  source: Source,
  uploadsFolder: string,
  asked: Reading,
  waiting?: Waiting,
): Promise<OpenedSequences<ReadRecord>> {
  return open<ReadRecord>(source, uploadsFolder, asked, readPackedFasta, waiting)
}

async function open<R extends ReadRecord>(
  source: Source,
  uploadsFolder: string,
  { columns, genome, long }: Reading,
  readFasta: (source: OpenedSource, longest: number) => AsyncIterable<readonly (R | FastaRecord)[]>,
  { signal, progress }: Waiting = {},
): Promise<OpenedSequences<R | FastaRecord>> {
  const longest = long === 'middle' ? Infinity : LONGEST_HELD
  if (await isWorkbook(source, uploadsFolder)) return openTable(source, uploadsFolder, columns)
  const opened = await openSource(source, uploadsFolder, 'text', OUTCOME, false)
  try {
    const chunks = opened.chunks[Symbol.asyncIterator]()
    const first = await chunks.next()
    const start = first.done
      ? ''
      : Buffer.from(first.value)
          .toString('latin1')
          .replace(/^\xef\xbb\xbf/, '')
    const written = layoutOf(start, opened.name)
    const layout = genome && written !== 'fasta' && written !== 'genbank' ? 'bed' : written
    if (layout === 'table' || layout === 'bed') {
      await chunks.return?.()
      await opened.close()
      if (await isPipe(source, uploadsFolder)) throw readOnce(opened.name)
      if (layout === 'table') return await openTable(source, uploadsFolder, columns)
      return await openBed(source, uploadsFolder, genome, longest, { breathe: breather(signal), progress: progress ?? (() => {}) })
    }
    const whole: OpenedSource = { ...opened, chunks: rejoin(first, chunks) }
    const read = { fasta: readFasta, genbank: readGenbank, plain: readPlainSequences }[layout]
    return { file: opened.name, layout, table: null, batches: read(whole, longest), ...howFar(opened), close: () => opened.close() }
  } catch (fault) {
    await opened.close()
    throw fault
  }
}

function howFar(source: OpenedSource): Pick<OpenedSequences, 'read' | 'share'> {
  const read = () => ({ done: source.bytesRead(), total: source.size })
  return { read, share: () => (source.size ? source.bytesRead() / source.size : null) }
}

/** A pipe can be read once only, and is taken for text. */
async function isWorkbook(source: Source, uploadsFolder: string): Promise<boolean> {
  if (source.kind === 'text') return false
  const found = await stat(pathOfSource(source, uploadsFolder)).catch(() => null)
  if (!found?.isFile() || found.size === 0) return false
  const look = async ({ chunks }: OpenedSource) => {
    for await (const chunk of chunks) return startsAsWorkbook(chunk)
    return false
  }
  return withSource(source, uploadsFolder, look, 'bytes')
}

function layoutOf(start: string, file: string): SequenceLayout {
  const lines = start.split(/\r?\n/)
  const line = (lines.find((text) => text.trim() !== '') ?? '').trim()
  if (line.startsWith('>')) return 'fasta'
  if (/^LOCUS\s/.test(line)) return 'genbank'
  const data = lines.find((text) => text.trim() !== '' && !/^(?:#|track\b|browser\b)/.test(text)) ?? ''
  if (/^\S+[\t ]+\d+[\t ]+\d+(?:[\t ]|$)/.test(data) && (data !== line || data.includes('\t') || /\.bed(?:\.gz)?$/i.test(file)))
    return 'bed'
  if (/^(?:sequences?|seqs?|dna)$/i.test(line)) return 'table'
  if (/^[a-z*.-]+$/i.test(line)) return 'plain'
  return /[\t,;]/.test(line) ? 'table' : 'fasta'
}

async function openTable(source: Source, uploadsFolder: string, asked: Reading['columns']): Promise<OpenedSequences> {
  const open = (header: 'first-line' | 'none', sheet?: string) =>
    holdOpen<OpenedTable>((use) =>
      withTable(source, uploadsFolder, { header, outcome: OUTCOME, ...(sheet !== undefined && { sheet }) }, use),
    )
  let held = await open('first-line')
  try {
    const found = await firstOfSheets(held.value.sheets, async (sheet) => {
      if (sheet !== held.value.sheet) {
        await held.close()
        held = await open('first-line', sheet)
      }
      if (hasNoHeader(held.value.header)) {
        await held.close()
        held = await open('none', sheet)
      }
      return readTableSequences({ ...held.value, file: held.value.source.name }, asked)
    })
    const { columns, taken, batches } = found
    const { value } = held
    return {
      file: value.source.name,
      layout: 'table',
      table: { columns: [...columns], taken },
      batches,
      ...howFar(value.source),
      close: held.close,
    }
  } catch (fault) {
    await held.close()
    throw fault
  }
}

/** What the first sheet gives that holds sequences; a file that has no sheets is its only one. @throws what the first sheet fails with, where none does */
async function firstOfSheets<T>(sheets: readonly string[], read: (sheet: string | undefined) => Promise<T>): Promise<T> {
  let first: unknown
  for (const sheet of sheets.length > 0 ? sheets : [undefined]) {
    try {
      return await read(sheet)
    } catch (fault) {
      first ??= fault
    }
  }
  throw first
}

async function openBed(
  source: Source,
  uploadsFolder: string,
  genome: Source | null,
  longest: number,
  waiting: Parameters<typeof withGenome>[3],
): Promise<OpenedSequences> {
  const table = await holdOpen<OpenedTable>((use) => withTable(source, uploadsFolder, { header: 'bed', outcome: OUTCOME }, use))
  let held: Held<Genome> | undefined
  try {
    const file = table.value.source.name
    if (!genome) {
      throw new WorkbenchError('invalid-input', `${file} holds places on a genome, and no sequences.`, {
        file,
        hint: 'Choose the genome’s FASTA file too, as it is or compressed with bgzip.',
        needs: 'genome',
      })
    }
    if (table.value.header.length < 3) {
      throw new WorkbenchError('invalid-input', `${file} is no BED file: it has fewer than three columns.`, {
        file,
        line: table.value.headerLine,
        hint: 'Choose a BED file, or take the genome away.',
      })
    }
    const opened = (held = await holdOpen<Genome>((use) => withGenome(genome, undefined, uploadsFolder, waiting, use)))
    return {
      file,
      layout: 'bed',
      table: null,
      batches: unlessChanged(readBedSequences(table.value.batches, opened.value, longest), genome, uploadsFolder, opened.value.file),
      ...howFar(table.value.source),
      close: async () => {
        await opened.close()
        await table.close()
      },
    }
  } catch (fault) {
    await held?.close()
    await table.close()
    throw fault
  }
}

/** A genome is read here and there, so that nobody else sees whether it stays as it is. */
async function* unlessChanged<T>(batches: AsyncIterable<T>, genome: Source, uploadsFolder: string, file: string): AsyncGenerator<T> {
  const before = await fingerprintSource(genome, uploadsFolder)
  yield* batches
  if ((await fingerprintSource(genome, uploadsFolder)) === before) return
  throw new WorkbenchError('invalid-input', `${file} was changed by another program while it was being read. ${OUTCOME}`, {
    file,
    hint: 'Wait until the file is complete and start again.',
  })
}

async function isPipe(source: Source, uploadsFolder: string): Promise<boolean> {
  if (source.kind === 'text') return false
  const found = await stat(pathOfSource(source, uploadsFolder)).catch(() => null)
  return found !== null && !found.isFile()
}

function readOnce(file: string): WorkbenchError {
  return new WorkbenchError('invalid-input', `${file} is a pipe, and only FASTA, GenBank and plain sequences can be read from one.`, {
    file,
    hint: 'Write the table to a file first.',
  })
}

async function* rejoin(first: IteratorResult<Uint8Array>, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (let next = first; !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}
