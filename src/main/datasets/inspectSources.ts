import type { Inspection } from '../../shared/domain/dataset.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Source } from '../../shared/domain/source.ts'
import { withSource, type OpenedSource } from '../files/openSource.ts'
import { isActivityHeader } from '../files/readActivities.ts'
import { readFasta } from '../files/readFasta.ts'
import { readTable } from '../files/readTable.ts'
import { fileStem, guessColumns } from './guessColumns.ts'

const PREVIEW_ROWS = 8
const GUESSING_ROWS = 200

/** What each file looks like from its first lines. What cannot be used is said in words, never thrown. */
export async function inspectSources(sources: readonly Source[], uploadsFolder: string): Promise<Inspection[]> {
  const inspections: Inspection[] = []
  for (const source of sources) inspections.push(await inspect(source, uploadsFolder))
  return inspections
}

async function inspect(source: Source, uploadsFolder: string): Promise<Inspection> {
  try {
    const isFasta = await withSource(source, uploadsFolder, startsAsFasta)
    return await withSource(source, uploadsFolder, isFasta ? inspectFasta : inspectTable)
  } catch (fault) {
    if (!(fault instanceof WorkbenchError)) throw fault
    return {
      kind: 'unusable',
      file: fault.details.file ?? nameOf(source),
      message: fault.message,
      hint: fault.details.hint ?? 'Choose another file.',
    }
  }
}

function nameOf(source: Source): string {
  return source.kind === 'path' ? source.path : source.name
}

async function startsAsFasta(source: OpenedSource): Promise<boolean> {
  for await (const chunk of source.chunks) {
    const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      .toString('latin1')
      .replace(/^\xef\xbb\xbf/, '')
      .trimStart()
    if (text !== '') return text.startsWith('>')
  }
  return false
}

async function inspectFasta(source: OpenedSource): Promise<Inspection> {
  for await (const { name, sequence, problem } of readFasta(source)) {
    if (problem) {
      throw new WorkbenchError('invalid-input', `${source.name}, line ${problem.line} (${name || 'no name'}): ${problem.message}`, {
        file: source.name,
        hint: 'Choose a FASTA file of DNA.',
      })
    }
    return { kind: 'fasta', file: source.name, firstName: name, length: sequence.length }
  }
  throw new WorkbenchError('invalid-input', `${source.name} holds no sequences.`, { file: source.name })
}

async function inspectTable(source: OpenedSource): Promise<Inspection> {
  const file = source.name
  const { header, headerLine, batches } = await readTable(source)
  const rows: (readonly string[])[] = []
  for await (const batch of batches) {
    rows.push(...batch.rows.slice(0, GUESSING_ROWS - rows.length))
    if (rows.length >= GUESSING_ROWS) break
  }
  if (header.length === 1) {
    throw new WorkbenchError(
      'invalid-input',
      `${file}, line ${headerLine}: there is one column only, so this is no table, nor is it FASTA.`,
      { file, hint: 'Choose FASTA, or a table with columns parted by tabs or commas.' },
    )
  }
  if (header.some((name) => /^[ACGTUN]{20,}$/i.test(name))) {
    throw new WorkbenchError(
      'invalid-input',
      `${file}, line ${headerLine}: the first line holds data where the names of the columns should be.`,
      { file, hint: 'Put a line with the names of the columns on top.' },
    )
  }
  if (rows.length === 0) throw new WorkbenchError('invalid-input', `${file} has a header and no rows.`, { file })
  const columns = guessColumns(file, header, rows)
  if (columns === null && isActivityHeader(header)) {
    const condition = header.findIndex((name) => name.toLowerCase() === 'condition')
    return { kind: 'activity', file, cellType: rows[0]![condition]?.trim() || fileStem(file) }
  }
  return { kind: 'table', file, header: [...header], columns, preview: rows.slice(0, PREVIEW_ROWS).map((row) => [...row]) }
}
