import { WorkbenchError } from '../../../shared/domain/errors.ts'
import { decodeBases } from '../../../shared/dna/bases.ts'
import { chunkReader, readBases, type StoredChunk } from '../../db/scanChunks.ts'
import { readChunkBases } from '../../db/scanColumns.ts'
import { scoreRows } from '../reading/scoreRows.ts'
import { shortestFloat32 } from '../scoresTsv.ts'
import { ExportedFile } from './exportedFile.ts'
import type { Exporting } from './exporting.ts'

const LINE = 80
/** Bases read at a time, in whole lines. */
const BASES_AT_ONCE = 1000 * LINE

/**
 * The scored sequences with their scores: each header begins with the name, byte for byte, then `cell type=score` for each column. Letters
 * as they were read: upper case, U as T.
 *
 * @throws WorkbenchError `unavailable` where an earlier version did not keep the sequences
 */
export async function scoresFasta({ database, scan, query, breathe, progress }: Exporting): Promise<Uint8Array> {
  const file = new ExportedFile(breathe)
  const { total, batches } = await scoreRows(database, scan, query, breathe)
  const chunkAt = chunkReader(database, scan.id)
  let chunk: StoredChunk | undefined
  let basesAt: ((place: number) => Uint8Array) | null = null
  let done = 0
  for await (const rows of batches) {
    for (const { position, name, length, windows, scores } of rows) {
      // A cell of a table may hold what a line of FASTA cannot.
      if (/[\n\r]/.test(name)) throw brokenName(name)
      const marks = scan.columns.map(({ key }, c) => `${key}=${shortestFloat32(scores[c]!)}`)
      await file.write(`>${[name, ...marks, ...(scan.target === 'specificity' ? ['target=specificity'] : [])].join(' ')}\n`)
      const here = chunkAt(position)
      if (here !== chunk) {
        chunk = here
        basesAt = readChunkBases(database, scan.id, here)
      }
      if (!basesAt) throw notKept(scan.name)
      if (windows === 0) await file.write(inLines(basesAt(position - here.start)))
      else {
        for (let from = 0; from < length; from += BASES_AT_ONCE) {
          await file.write(inLines(readBases(database, scan.id, position, from, Math.min(length, from + BASES_AT_ONCE))!))
        }
      }
    }
    progress((done += rows.length), total)
  }
  return file.bytes()
}

function inLines(codes: Uint8Array): string {
  const letters = decodeBases(codes)
  let text = ''
  for (let from = 0; from < letters.length; from += LINE) text += `${letters.slice(from, from + LINE)}\n`
  return text
}

function brokenName(name: string): WorkbenchError {
  return new WorkbenchError(
    'invalid-input',
    `The name ${name.replaceAll(/[\n\r]/g, ' ')} has a line break in it, which FASTA has no place for.`,
    {
      hint: 'Save TSV or XLSX instead, or give that sequence another name.',
    },
  )
}

function notKept(name: string): WorkbenchError {
  return new WorkbenchError('unavailable', `${name} was made by an earlier version of the workbench, which did not keep the sequences.`, {
    hint: 'Score the file again.',
  })
}
