import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { StageProgress } from '../../shared/contract/calls/inputs.ts'
import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import type { Source } from '../../shared/domain/source.ts'
import { fastaIndexer, formatFastaIndex, parseFastaIndex, type IndexedSequence } from './fastaIndex.ts'
import { pathOfSource, withSource } from './openSource.ts'
import { accessBgzip, accessBytes, accessFile, compressionOf, type RandomAccess } from './randomAccess.ts'
import { writeWhole } from './writeWhole.ts'

/** A genome from which regions are cut. */
export interface Genome {
  readonly file: string
  /** Lengths of its chromosomes, in bases. */
  readonly chromosomes: ReadonlyMap<string, number>
  readonly rows: number
  /** SHA-256 of its index, which tells names and lengths of all chromosomes: the genome itself is too large to be read for it. */
  readonly sha256: string
  /** The bases from `start` (counted from 0) to before `end`, in the letters of the file. */
  read(chromosome: string, start: number, end: number): Promise<string>
}

interface Waiting {
  readonly breathe: () => Promise<void> | undefined
  readonly progress: (value: StageProgress) => void
}

/**
 * Opens a genome, a FASTA file compressed with bgzip or not, for as long as `work` lasts. Its index is the one that is named,
 * or that lies beside it; else it is made, which reads the file once, and kept with the uploads: never beside the genome.
 *
 * @throws WorkbenchError where there is none, it is compressed with plain gzip, or the index is of another file
 */
export async function withGenome<T>(
  genome: Source,
  index: Source | undefined,
  uploadsFolder: string,
  waiting: Waiting,
  work: (genome: Genome) => Promise<T>,
): Promise<T> {
  const file = genome.kind === 'path' ? basename(genome.path) : genome.name
  const bytes = await access(genome, uploadsFolder, file, waiting)
  try {
    const sequences = await indexOf(genome, index, uploadsFolder, file, waiting)
    await refuseForeignIndex(sequences, bytes, file)
    const byName = new Map(sequences.map((sequence) => [sequence.name, sequence]))
    return await work({
      file,
      chromosomes: new Map(sequences.map(({ name, length }) => [name, length])),
      rows: sequences.length,
      sha256: createHash('sha256').update(formatFastaIndex(sequences)).digest('hex'),
      read: (chromosome, start, end) => cut(bytes, byName.get(chromosome)!, start, end),
    })
  } finally {
    await bytes.close()
  }
}

async function access(genome: Source, uploadsFolder: string, file: string, { breathe }: Waiting): Promise<RandomAccess> {
  // Opened as any other source first, so that what cannot be read is told in the same words.
  if (genome.kind !== 'text') await withSource(genome, uploadsFolder, () => Promise.resolve())
  const raw = genome.kind === 'text' ? accessBytes(Buffer.from(genome.text)) : await accessFile(pathOfSource(genome, uploadsFolder))
  try {
    const compression = await compressionOf(raw)
    if (compression === 'none') return raw
    if (compression === 'bgzip') return await accessBgzip(raw, breathe)
  } catch (fault) {
    await raw.close()
    throw new WorkbenchError(
      'invalid-input',
      `${file} cannot be unpacked: ${messageOf(fault)}.`,
      { file, hint: 'Download or copy it again.' },
      { cause: fault },
    )
  }
  await raw.close()
  throw new WorkbenchError(
    'invalid-input',
    `${file} is compressed with gzip, in which no region can be found without reading all before it.`,
    {
      file,
      hint: 'Unpack it (gunzip), or pack it with bgzip instead.',
    },
  )
}

async function indexOf(
  genome: Source,
  index: Source | undefined,
  uploadsFolder: string,
  file: string,
  waiting: Waiting,
): Promise<IndexedSequence[]> {
  const read = (from: Source) =>
    withSource(from, uploadsFolder, async (opened) => parseFastaIndex(await textOf(opened.chunks), opened.name))
  if (index) return read(index)
  if (genome.kind === 'text') return makeIndex(genome, uploadsFolder, file, waiting)
  const path = pathOfSource(genome, uploadsFolder)
  if (existsSync(`${path}.fai`)) return read({ kind: 'path', path: `${path}.fai` })
  const { size, mtimeMs } = await stat(path)
  const kept = join(uploadsFolder, `${createHash('sha256').update(`${path} ${size} ${mtimeMs}`).digest('hex')}.fai`)
  if (existsSync(kept)) return parseFastaIndex(await readFile(kept, 'utf8'), `${file}.fai`)
  const made = await makeIndex(genome, uploadsFolder, file, waiting)
  // Where the workspace has no room for it, it is made again the next time.
  await writeWhole(kept, formatFastaIndex(made)).catch(() => {})
  return made
}

function makeIndex(genome: Source, uploadsFolder: string, file: string, { breathe, progress }: Waiting): Promise<IndexedSequence[]> {
  return withSource(genome, uploadsFolder, async (opened) => {
    const indexer = fastaIndexer(file)
    for await (const chunk of opened.chunks) {
      indexer.push(chunk)
      progress({ stage: `Indexing ${file}`, done: opened.bytesRead(), total: opened.size })
      await breathe()
    }
    return indexer.finish()
  })
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all).toString('utf8')
}

/** An index of another file gives wrong bases without a word: the first and the last name must stand where it says. */
async function refuseForeignIndex(sequences: readonly IndexedSequence[], bytes: RandomAccess, file: string): Promise<void> {
  for (const sequence of [sequences[0], sequences.at(-1)]) {
    if (!sequence) throw new WorkbenchError('invalid-input', `${file} holds no sequences.`, { file, hint: 'Choose another file.' })
    const header = await bytes.read(Math.max(0, sequence.offset - 4096), Math.min(4096, sequence.offset))
    const lines = header.toString('utf8').split('\n')
    const isThere = lines.at(-1) === '' && lines.at(-2)?.trimEnd().split(/\s/, 1)[0]?.endsWith(`>${sequence.name}`)
    if (isThere && sequence.offset + sequence.length <= bytes.size) continue
    throw new WorkbenchError('invalid-input', `The index of ${file} is not of this file: ${sequence.name} does not stand where it says.`, {
      file,
      hint: 'Make it again with samtools faidx, or take it away: the workbench then makes its own.',
    })
  }
}

async function cut(bytes: RandomAccess, { offset, lineBases, lineBytes }: IndexedSequence, start: number, end: number): Promise<string> {
  const place = (base: number) => offset + Math.floor(base / lineBases) * lineBytes + (base % lineBases)
  const from = place(start)
  const text = await bytes.read(from, place(end - 1) + 1 - from)
  return text.toString('latin1').replace(/[\r\n]/g, '')
}
