import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { FileInspection } from '../../../shared/domain/importing.ts'
import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { HeaderKind } from '../../../shared/domain/mapping.ts'
import type { Source } from '../../../shared/domain/source.ts'
import { withSource, type OpenedSource } from '../../files/openSource.ts'
import { withTable, type OpenedTable } from '../../files/openTable.ts'
import { checkSequence } from '../../files/readFasta.ts'
import { readLines } from '../../files/readLines.ts'
import { guessDelimiter } from '../../files/readTable.ts'
import { readWorkbook } from '../../files/readWorkbook.ts'
import { splitRecord } from '../../files/splitRecord.ts'
import { guessMapping } from './guessMapping.ts'

const PREVIEW_ROWS = 50
const GUESSING_ROWS = 200
/** A sequence that is longer is a chromosome, no element. */
const LONGEST_ELEMENT = 20_000

/** How to look at a table again. */
export interface Looking {
  readonly sheet?: string | undefined
  readonly header?: HeaderKind | undefined
}

/** What each file looks like from its first lines. What cannot be used is said in words, never thrown. */
export async function inspectSources(sources: readonly Source[], uploadsFolder: string, looking: Looking = {}): Promise<FileInspection[]> {
  const inspections: FileInspection[] = []
  for (const source of sources) inspections.push(await inspect(source, uploadsFolder, looking))
  return inspections
}

async function inspect(source: Source, uploadsFolder: string, looking: Looking): Promise<FileInspection> {
  try {
    const start = await withSource(source, uploadsFolder, firstText, 'bytes')
    if (start.startsWith('>')) {
      const chromosome = await withSource(source, uploadsFolder, firstChromosome)
      const indexed = source.kind === 'path' && existsSync(`${source.path}.fai`)
      if (chromosome !== null || indexed)
        return { kind: 'genome', file: nameOf(source), firstName: chromosome ?? start.slice(1).trim().split(/\s/, 1)[0]!, indexed }
      return await withSource(source, uploadsFolder, inspectFasta)
    }
    if (looking.sheet !== undefined || !start.startsWith('PK')) return await inspectSheet(source, uploadsFolder, start, looking)
    return await inspectWorkbook(source, uploadsFolder, start, looking)
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

async function inspectSheet(source: Source, uploadsFolder: string, start: string, looking: Looking): Promise<FileInspection> {
  const header = looking.header ?? (await guessHeader(source, uploadsFolder, start, looking))
  return withTable(source, uploadsFolder, { sheet: looking.sheet, header }, (table) => inspectTable(table, header))
}

/** The first sheet that is a table: in front of it there may be notes. */
async function inspectWorkbook(source: Source, uploadsFolder: string, start: string, looking: Looking): Promise<FileInspection> {
  const sheets = await withSource(source, uploadsFolder, async (opened) => (await readWorkbook(opened)).sheets, 'bytes')
  let problem: unknown
  for (const sheet of sheets) {
    try {
      return await inspectSheet(source, uploadsFolder, start, { ...looking, sheet })
    } catch (fault) {
      problem ??= fault
    }
  }
  // No sheet is one, or there is none: then the first says why.
  if (problem instanceof Error) throw problem
  return inspectSheet(source, uploadsFolder, start, looking)
}

function nameOf(source: Source): string {
  return source.kind === 'path' ? basename(source.path) : source.name
}

/** The first bytes that are no white space, as text; UTF-16 shows every other letter. */
async function firstText(source: OpenedSource): Promise<string> {
  for await (const chunk of source.chunks) {
    const text = Buffer.from(chunk.buffer, chunk.byteOffset, Math.min(chunk.byteLength, 4096))
      .toString('latin1')
      .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
      .replaceAll('\0', '')
      .trimStart()
    if (text !== '') return text
  }
  return ''
}

/** The name of the first sequence where it is a chromosome, which may be one line of hundreds of megabytes; else null. */
async function firstChromosome(source: OpenedSource): Promise<string | null> {
  let text = ''
  for await (const chunk of source.chunks) {
    text += Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1')
    if (text.length > 4 * LONGEST_ELEMENT) break
  }
  const [, name = '', bases = ''] = /^[^>]*>(.*)\n([^>]*)/.exec(text) ?? []
  return bases.replace(/\s/g, '').length > LONGEST_ELEMENT ? name.trim().split(/\s/, 1)[0]! : null
}

async function inspectFasta(opened: OpenedSource): Promise<FileInspection> {
  const file = opened.name
  let firstName: string | undefined
  let line = 0
  const pieces: string[] = []
  reading: for await (const { first, lines } of readLines(opened)) {
    for (const [i, text] of lines.entries()) {
      if (text.startsWith('>')) {
        if (firstName !== undefined) break reading
        firstName = text.slice(1)
        line = first + i
        continue
      }
      pieces.push(text.trim())
    }
  }
  const sequence = pieces.join('')
  const checked = checkSequence(sequence)
  if ('message' in checked) {
    throw new WorkbenchError('invalid-input', `${file}, line ${line + 1} (${firstName || 'no name'}): ${checked.message}`, {
      file,
      hint: 'Choose a FASTA file of DNA.',
    })
  }
  return { kind: 'fasta', file, firstName: firstName ?? '', length: sequence.length }
}

/** Where the names of a table's columns are, by its first row: one that holds numbers or DNA is data already. */
async function guessHeader(source: Source, uploadsFolder: string, start: string, { sheet }: Looking): Promise<HeaderKind> {
  const first = start.startsWith('PK')
    ? await withTable(source, uploadsFolder, { sheet, header: 'none' }, firstRow)
    : await withSource(source, uploadsFolder, firstFields)
  if (!first) return 'first-line'
  const [chromosome = '', from = '', to = ''] = first.map((field) => field.trim())
  // A name such as chr1 in front of two rising whole numbers is BED.
  const isBed = /^\d+$/.test(from) && /^\d+$/.test(to) && Number(from) < Number(to) && /^\w[\w.]*$/.test(chromosome)
  if (isBed && !/^(?:[ACGTN]{10,}|\d{3,})$/i.test(chromosome)) return 'bed'
  const isData = first.some((field) => /^(?:[ACGTUN]{20,}|[+-]?\d+[.,]\d+(?:e[+-]?\d+)?)$/i.test(field.trim()))
  return isData ? 'none' : 'first-line'
}

async function firstRow({ batches }: OpenedTable): Promise<readonly string[] | undefined> {
  for await (const { rows } of batches) if (rows[0]) return rows[0]
  return undefined
}

/** The fields of the first line that is neither empty nor one of the remarks that stand above BED. */
async function firstFields(opened: OpenedSource): Promise<string[] | undefined> {
  for await (const { first, lines } of readLines(opened)) {
    const at = lines.findIndex((line) => line.trim() !== '' && !/^(?:#\s|track\s|browser\s)/.test(line))
    if (at >= 0) return splitRecord(lines[at]!, guessDelimiter(lines[at]!), opened.name, first + at) ?? undefined
  }
  return undefined
}

async function inspectTable(table: OpenedTable, headerKind: HeaderKind): Promise<FileInspection> {
  const { header, headerLine, batches, source, sheets, sheet, delimiter } = table
  const file = source.name
  const rows: (readonly string[])[] = []
  const lines: number[] = []
  for await (const batch of batches) {
    const more = GUESSING_ROWS - rows.length
    rows.push(...batch.rows.slice(0, more))
    lines.push(...batch.lines.slice(0, more))
    if (rows.length >= GUESSING_ROWS) break
  }
  if (header.length === 1) {
    throw new WorkbenchError(
      'invalid-input',
      `${file}, line ${headerLine}: there is one column only, so this is no table, nor is it FASTA.`,
      { file, hint: 'Choose FASTA, or a table with columns parted by tabs or commas.' },
    )
  }
  if (rows.length === 0) throw new WorkbenchError('invalid-input', `${file} has a header and no rows.`, { file })
  const { guesses, mapping } = guessMapping(file, header, rows, headerKind)
  const roles = new Set(guesses.map(({ is }) => is.role))
  return {
    kind: roles.has('chromosome') && !roles.has('sequence') ? 'regions' : 'table',
    file,
    format: { ...source.format, delimiter, decimal: mapping.decimal },
    sheets: [...sheets],
    sheet,
    header: [...header],
    guesses,
    mapping,
    rows: rows.slice(0, PREVIEW_ROWS).map((row) => [...row]),
    lines: lines.slice(0, PREVIEW_ROWS),
  }
}
