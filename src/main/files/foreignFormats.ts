import { WorkbenchError } from '../../shared/domain/errors.ts'

interface ForeignFormat {
  readonly starts: string
  readonly is: string
  readonly hint: string
}

const unpack = 'Unpack it and choose the files in it.'
const exportTable = 'Open it in its program and save the sheet as tab-separated text (.tsv) or CSV.'
const plain = 'Choose a plain text file: FASTA, TSV or CSV, compressed with gzip or not.'

/** First bytes, as Latin-1, of what users choose by mistake. The first that fits is named. */
const formats: readonly ForeignFormat[] = [
  { starts: '%PDF', is: 'a PDF', hint: 'Choose the FASTA or TSV file itself; a PDF only shows it.' },
  { starts: 'PK\x03\x04', is: 'a ZIP archive', hint: unpack },
  { starts: 'PK\x05\x06', is: 'an empty ZIP archive', hint: plain },
  { starts: '\xd0\xcf\x11\xe0', is: 'an Excel or Word file', hint: exportTable },
  { starts: 'BZh', is: 'compressed with bzip2', hint: unpack },
  { starts: '\xfd7zXZ', is: 'compressed with xz', hint: unpack },
  { starts: '\x28\xb5\x2f\xfd', is: 'compressed with zstd', hint: unpack },
  { starts: '7z\xbc\xaf', is: 'a 7z archive', hint: unpack },
  { starts: 'Rar!', is: 'a RAR archive', hint: unpack },
  { starts: '\x1f\x8b', is: 'compressed twice', hint: unpack },
  { starts: 'BAM\x01', is: 'a BAM file', hint: plain },
  { starts: 'SQLite format 3\0', is: 'a database', hint: plain },
  { starts: '\x89PNG', is: 'a picture', hint: plain },
  { starts: '\xff\xd8\xff', is: 'a picture', hint: plain },
  { starts: 'GIF8', is: 'a picture', hint: plain },
  { starts: '{\\rtf', is: 'an RTF document', hint: 'Save it as plain text.' },
]

/**
 * Refuses, by the first bytes of a file and never by its name, what is no plain text.
 *
 * @throws WorkbenchError that says what the file is and what to do
 */
export function refuseForeignFormat(file: string, firstBytes: Uint8Array): void {
  const start = Buffer.from(firstBytes.buffer, firstBytes.byteOffset, Math.min(firstBytes.byteLength, 4096)).toString('latin1')
  const found = formats.find((format) => start.startsWith(format.starts)) ?? otherForeign(start)
  if (!found) return
  const named =
    found.is === 'a ZIP archive' && /\[Content_Types\]\.xml|xl\//.test(start) ? { is: 'an Excel workbook', hint: exportTable } : found
  throw new WorkbenchError('invalid-input', `${file} is ${named.is}, not text that the workbench can read.`, { file, hint: named.hint })
}

function otherForeign(start: string): Pick<ForeignFormat, 'is' | 'hint'> | undefined {
  if (/^(\xef\xbb\xbf)?\s*<(!doctype html|html|\?xml)/i.test(start)) {
    return { is: 'a web page', hint: 'Download the file itself: the server may have sent an error page or asked you to sign in.' }
  }
  if (start.includes('\0')) return { is: 'a binary file', hint: plain }
  return undefined
}
