import type { StageProgress } from '../../shared/contract/calls.ts'
import type { ImportFiles } from '../../shared/domain/dataset.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { withSource, type OpenedSource } from '../files/openSource.ts'
import { readActivities } from '../files/readActivities.ts'
import { readFasta } from '../files/readFasta.ts'
import type { Assembly } from './assembleDataset.ts'
import type { Breathe } from './breathe.ts'
import { Library } from './library.ts'
import { Measurements } from './measurements.ts'

type EncodeFiles = Extract<ImportFiles, { kind: 'encode' }>

/** Reads a FASTA file and an activity file a cell type, as ENCODE serves them. */
export async function readEncode(
  files: EncodeFiles,
  uploadsFolder: string,
  minimumBarcodes: number,
  breathe: Breathe,
  progress: (value: StageProgress) => void,
): Promise<Assembly> {
  const report: Assembly['files'][number][] = []
  const library = await withSource(files.fasta, uploadsFolder, async (opened) => {
    const read = await readLibrary(opened, breathe, progress)
    report.push({ name: opened.name, role: 'sequences', rows: read.sequences.length + read.repeatedNames.length, sha256: opened.sha256() })
    return read
  })
  const measurements: Measurements[] = []
  for (const { cellType, source } of files.activities) {
    const rows = await withSource(source, uploadsFolder, async (opened) => {
      const read = await readMeasurements(opened, cellType.trim(), library, minimumBarcodes, breathe, progress)
      if (read.conditions === 1) refuseSameFile(report, opened)
      report.push({ name: opened.name, role: `activities in ${cellType.trim()}`, rows: read.rows.names.length, sha256: opened.sha256() })
      return read.rows
    })
    measurements.push(rows)
  }
  return { library, measurements, minimumBarcodes, files: report }
}

async function readLibrary(source: OpenedSource, breathe: Breathe, progress: (value: StageProgress) => void): Promise<Library> {
  const library = new Library(source.name)
  for await (const { name, line, sequence, codes, problem } of readFasta(source)) {
    if (problem) {
      throw new WorkbenchError('invalid-input', `${source.name}, line ${problem.line} (${name || 'no name'}): ${problem.message}`, {
        file: source.name,
        line: problem.line,
        hint: 'Mend or take out that sequence, and choose the file again.',
      })
    }
    library.add({ name, line, sequence, codes })
    if (library.sequences.length % 256 === 0) {
      progress({ stage: `Reading ${source.name}`, done: source.bytesRead(), total: source.size })
      await breathe()
    }
  }
  return library
}

async function readMeasurements(
  source: OpenedSource,
  cellType: string,
  library: Library,
  minimumBarcodes: number,
  breathe: Breathe,
  progress: (value: StageProgress) => void,
): Promise<{ rows: Measurements; conditions: number }> {
  const byCondition = new Map<string, Measurements>()
  for await (const rows of readActivities(source, minimumBarcodes > 0)) {
    for (const { name, replicate, condition, activity, barcodes, line } of rows) {
      let measurements = byCondition.get(condition)
      if (!measurements)
        byCondition.set(condition, (measurements = new Measurements(cellType, source.name, minimumBarcodes > 0 || !Number.isNaN(barcodes))))
      measurements.add(library.numberOf(name), replicate, activity, barcodes, line)
    }
    progress({ stage: `Reading ${source.name}`, done: source.bytesRead(), total: source.size })
    await breathe()
  }
  return { rows: ofCellType(byCondition, cellType, source.name), conditions: byCondition.size }
}

/** A file is of one cell type, or has rows of the one that it was chosen for; a cell type may be renamed on import. */
function ofCellType(byCondition: ReadonlyMap<string, Measurements>, cellType: string, file: string): Measurements {
  const [only] = byCondition.values()
  if (!only) throw new WorkbenchError('invalid-input', `${file} has a header and no rows.`, { file, hint: 'Choose another file.' })
  if (byCondition.size === 1) return only
  const named = byCondition.get(cellType)
  if (named) return named
  const conditions = [...byCondition.keys()].join(', ')
  throw new WorkbenchError('invalid-input', `${file} holds rows of ${conditions}, and none of ${cellType}.`, {
    file,
    hint: 'Choose it once for each cell type, under the names that its column condition has.',
  })
}

function refuseSameFile(report: Assembly['files'], opened: OpenedSource): void {
  const same = report.find(({ sha256 }) => sha256 === opened.sha256())
  if (!same) return
  throw new WorkbenchError('invalid-input', `${opened.name} and ${same.name} are the same file, chosen for two purposes.`, {
    file: opened.name,
    hint: 'Choose another file for one of them.',
  })
}
