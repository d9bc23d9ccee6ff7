import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { AnnotationFeature } from '../../../shared/domain/locus.ts'
import type { OpenedSource } from '../../files/openSource.ts'
import { readLines } from '../../files/readLines.ts'

/** A feature of an annotation file, on a sequence by its name. Coordinates as in BED. */
export interface NamedFeature extends AnnotationFeature {
  readonly sequence: string
}

const GFF_COLUMNS = 9
const BED_COLUMNS = 3

type ReadLine = (text: string, refuse: Refuse) => NamedFeature
type Refuse = (message: string, hint: string) => never

/**
 * The features of a GFF3 (or GTF) or a BED file, line by line; which of the two it is, its first line with a feature says. Coordinates
 * are counted as in BED whichever it is: from 0, the end not in it.
 *
 * @throws WorkbenchError that names the line where one cannot be read, or where there is no feature at all
 */
export async function* readFeatures(source: OpenedSource): AsyncGenerator<NamedFeature[]> {
  let readLine: ReadLine | null = null
  let any = false
  for await (const { first, lines } of readLines(source)) {
    const features: NamedFeature[] = []
    for (const [i, text] of lines.entries()) {
      // What follows in a GFF3 are the sequences themselves.
      if (/^##FASTA\b/.test(text) || (readLine === readGff && text.startsWith('>'))) {
        yield features
        return
      }
      if (/^\s*$|^#|^(?:track|browser)\b/.test(text)) continue
      const refuse: Refuse = (message, hint) => {
        const line = first + i
        throw new WorkbenchError('invalid-input', `${source.name}, line ${line}: ${message}`, { file: source.name, line, hint })
      }
      readLine ??= formatOf(text, refuse)
      features.push(readLine(text, refuse))
    }
    any ||= features.length > 0
    yield features
  }
  if (!any)
    throw new WorkbenchError('invalid-input', `${source.name} holds no features.`, { file: source.name, hint: 'Choose another file.' })
}

function formatOf(text: string, refuse: Refuse): ReadLine {
  const fields = text.split('\t')
  if (fields.length === GFF_COLUMNS && isWhole(fields[3]) && isWhole(fields[4])) return readGff
  const bed = bedFields(text)
  if (bed.length >= BED_COLUMNS && isWhole(bed[1]) && isWhole(bed[2])) return readBed
  if (text.startsWith('>')) return refuse('this is a sequence, not a feature.', 'Choose a GFF3 or BED file.')
  return refuse(
    'this is neither GFF3 nor BED.',
    'A GFF3 line has nine columns with tabs between them; a BED line begins with name, start and end.',
  )
}

function isWhole(text: string | undefined): boolean {
  return text !== undefined && /^\d+$/.test(text)
}

function readGff(text: string, refuse: Refuse): NamedFeature {
  const fields = text.split('\t')
  if (fields.length !== GFF_COLUMNS) {
    return refuse(`a GFF3 line has ${GFF_COLUMNS} columns, this has ${fields.length}.`, 'Check the line: columns are separated by tabs.')
  }
  const [sequence, , type, from, to, , strand, , attributes] = fields as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  if (!isWhole(from) || !isWhole(to)) return refuse(`“${from}” and “${to}” are not a start and an end.`, 'Both are whole numbers.')
  const [start, end] = [Number(from) - 1, Number(to)]
  if (start < 0 || end <= start)
    return refuse(`it starts at ${from} and ends at ${to}.`, 'GFF3 counts bases from 1, and the start is not behind the end.')
  return { sequence: unescape(sequence), start, end, strand: strandOf(strand), name: nameOf(attributes), type: unescape(type) }
}

/** GFF3 writes `Name=…`, GTF `gene_name "…"`. */
function nameOf(attributes: string): string {
  for (const key of ['Name', 'gene_name', 'gene_id', 'ID']) {
    const found = new RegExp(`(?:^|;)\\s*${key}(?:=([^;]*)|\\s+"([^"]*)")`).exec(attributes)
    if (found) return found[1] === undefined ? found[2]! : unescape(found[1])
  }
  return ''
}

function unescape(text: string): string {
  try {
    return text.includes('%') ? decodeURIComponent(text) : text
  } catch {
    return text
  }
}

function bedFields(text: string): string[] {
  return text.includes('\t') ? text.split('\t') : text.trim().split(/\s+/)
}

function readBed(text: string, refuse: Refuse): NamedFeature {
  const [sequence, from, to, name = '', , strand = '.'] = bedFields(text)
  if (!isWhole(from) || !isWhole(to))
    return refuse('the second and third column of a BED line are start and end, whole numbers.', 'Mend the line, or take it out.')
  const [start, end] = [Number(from), Number(to)]
  if (end <= start) return refuse(`it starts at ${start} and ends at ${end}.`, 'In BED the end is behind the start.')
  return { sequence: sequence!, start, end, strand: strandOf(strand), name, type: 'BED' }
}

function strandOf(text: string): AnnotationFeature['strand'] {
  return text === '+' || text === '-' ? text : '.'
}
