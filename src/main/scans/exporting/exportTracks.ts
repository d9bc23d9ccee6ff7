import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { Score } from '../../../shared/domain/scan.ts'
import { columnNumber } from '../reading/queryScores.ts'
import { allPositions, sortByNames } from '../reading/sortByNames.ts'
import { windowScores, windowsOf, type ScannedRecord } from '../reading/scannedWindows.ts'
import { shortestFloat32 } from '../scoresTsv.ts'
import { bigWig, type Stretches } from './bigWig/bigWig.ts'
import { utf8Length } from './bigWig/chromosomeTree.ts'
import { ExportedFile, joined } from './exportedFile.ts'
import { keptRecords } from './exportedRecords.ts'
import type { Exporting } from './exporting.ts'
import { nameInBed, PLACES_OF_BED } from './intervalLines.ts'
import { trackOf } from './track.ts'

/** One column as bedGraph: windows around their middles, a sequence without windows as one stretch. */
export async function bedGraph(exporting: Exporting, key: string | undefined): Promise<Uint8Array> {
  const { database, scan, query, breathe, progress } = exporting
  const column = columnOf(exporting, key)
  const file = new ExportedFile(breathe)
  await file.write(
    `# ${scan.name}: ${scan.columns[column]!.key}, ${scan.target === 'specificity' ? 'specificity' : 'log2(RNA/DNA)'}; counted from 0, the end not in it\n`,
  )
  if (scan.layout === 'bed') await file.write(`# ${PLACES_OF_BED}\n`)
  const { total, records } = await keptRecords(database, scan, query, breathe)
  let done = 0
  for await (const record of records) {
    const name = nameInBed(record.name)
    for await (const { starts, ends, values } of stretches(exporting, record, column, record.scores[column]!)) {
      let text = ''
      for (let i = 0; i < starts.length; i++) {
        if (!Number.isNaN(values[i])) text += `${name}\t${starts[i]!}\t${ends[i]!}\t${shortestFloat32(values[i]!)}\n`
      }
      await file.write(text)
    }
    progress(++done, total)
  }
  return file.bytes()
}

/** The same as bigWig. @throws WorkbenchError where two sequences have one name, which a bigWig cannot tell apart */
export async function bigWigOf(exporting: Exporting, key: string | undefined): Promise<Uint8Array> {
  const { database, scan, query, breathe, progress } = exporting
  const column = columnOf(exporting, key)
  const { total, records } = await keptRecords(database, scan, query, breathe)
  const kept: ScannedRecord[] = []
  const names: string[] = []
  const scores = new Float32Array(total)
  for await (const { position, name, length, windows, scores: own } of records) {
    scores[kept.length] = own[column]!
    kept.push({ position, name, length, windows })
    names.push(bytesOfName(name))
  }
  const order = await sortByNames(allPositions(total), names, breathe)
  const sorted = Array.from(order, (i) => kept[i]!)
  for (let i = 1; i < total; i++) if (sorted[i]!.name === sorted[i - 1]!.name) throw twice(sorted[i]!.name)
  const pieces = await bigWig(
    sorted,
    (i) => {
      progress(i, total)
      return stretches(exporting, sorted[i]!, column, scores[order[i]!]!)
    },
    scan.windows > 0 ? scan.options.stride : scan.modelLength,
    breathe,
  )
  return joined(pieces)
}

/** A name as its bytes, a letter each: the order in which a bigWig has them. */
function bytesOfName(name: string): string {
  return utf8Length(name) === name.length ? name : Buffer.from(name).toString('latin1')
}

function stretches(
  { database, scan, breathe }: Exporting,
  record: ScannedRecord | Score,
  column: number,
  score: number,
): AsyncIterable<Stretches> | readonly Stretches[] {
  if (record.windows === 0) return [{ starts: [0], ends: [record.length], values: [score] }]
  return trackOf(record, windowsOf(scan), windowScores(database, scan, record, breathe), column, scan.columns.length)
}

function columnOf({ scan }: Exporting, key: string | undefined): number {
  if (key !== undefined) return columnNumber(scan, key)
  if (scan.columns.length === 1) return 0
  throw new WorkbenchError('invalid-input', 'A track holds the scores of one cell type.', {
    hint: `Choose one of ${scan.columns.map((column) => column.key).join(', ')}.`,
  })
}

function twice(name: string): WorkbenchError {
  return new WorkbenchError(
    'invalid-input',
    `Several sequences are called ${name}, and a bigWig tells sequences apart by their names alone.`,
    {
      hint: 'Give each a name of its own, or save bedGraph or TSV instead.',
    },
  )
}
