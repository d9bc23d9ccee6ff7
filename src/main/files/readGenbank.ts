import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { OpenedSource } from './openSource.ts'
import { checkSequence, type FastaRecord } from './readFasta.ts'
import { readLines } from './readLines.ts'

/**
 * The records of a GenBank flat file (NCBI, GenBank release notes, section 3.4): named by their locus, sequences from `ORIGIN` to `//`. What
 * stands between is not read.
 *
 * @param longest letters of a record that are held; a longer one comes in pieces
 * @throws WorkbenchError where a record does not begin with its `LOCUS`, or there is none
 */
export async function* readGenbank(source: OpenedSource, longest = Infinity): AsyncGenerator<FastaRecord[]> {
  const file = source.name
  let open: { readonly name: string; readonly line: number } | undefined
  let inSequence = false
  let isCut = false
  let any = false
  let letters: string[] = []
  let letterLines: number[] = []
  let held = 0
  const take = (isLast: boolean): FastaRecord => {
    const sequence = letters.join('')
    const read = recordOf(open!, sequence, (at) => lineOf(at, letters, letterLines) ?? open!.line)
    const record: FastaRecord =
      isCut || !isLast ? { ...read, ...(sequence === '' && { problem: null }), piece: { first: !isCut, last: isLast } } : read
    isCut = !isLast
    letters = []
    letterLines = []
    held = 0
    return record
  }
  for await (const { first, lines } of readLines(source)) {
    const records: FastaRecord[] = []
    for (const [i, text] of lines.entries()) {
      const line = first + i
      if (/^LOCUS\b/.test(text)) {
        if (open) records.push(take(true))
        open = { name: text.split(/\s+/)[1] ?? '', line }
        any = true
        inSequence = false
      } else if (/^\/\/\s*$/.test(text)) {
        if (open) records.push(take(true))
        open = undefined
        inSequence = false
      } else if (/^ORIGIN\b/.test(text)) {
        if (!open) throw noLocus(file, line)
        inSequence = true
      } else if (inSequence) {
        const bases = text.replace(/^\s*\d+\s*/, '').replaceAll(' ', '')
        letters.push(bases)
        letterLines.push(line)
        held += bases.length
      } else if (!open && text.trim() !== '') throw noLocus(file, line)
    }
    if (open && held >= longest) records.push(take(false))
    if (records.length > 0) yield records
  }
  if (open) yield [take(true)]
  if (!any) throw new WorkbenchError('invalid-input', `${file} holds no sequences.`, { file, hint: 'Choose another file.' })
}

function recordOf(named: Pick<FastaRecord, 'name' | 'line'>, sequence: string, lineAt: (letter: number) => number): FastaRecord {
  const checked = checkSequence(sequence)
  return 'codes' in checked
    ? { ...named, sequence, codes: checked.codes, problem: null }
    : { ...named, sequence, codes: new Uint8Array(0), problem: { line: lineAt(checked.at), message: checked.message } }
}

/** The line that a letter stands on; undefined where there is none. */
function lineOf(letter: number, pieces: readonly string[], lines: readonly number[]): number | undefined {
  let end = 0
  return lines[pieces.findIndex((piece) => letter < (end += piece.length))]
}

function noLocus(file: string, line: number): WorkbenchError {
  return new WorkbenchError('invalid-input', `${file}, line ${line}: a record of a GenBank file begins with a line LOCUS.`, {
    file,
    line,
    hint: 'Download the file again, or choose a FASTA file.',
  })
}
