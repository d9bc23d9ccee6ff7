import type { StageProgress } from '../../../shared/contract/calls/inputs.ts'
import type { ReadableDatabase } from '../../db/database.ts'
import { readContent, type StoredCellType } from '../../db/datasetContent.ts'
import { readDataset } from '../../db/datasets.ts'
import type { LabelColumn } from '../../db/elementLabels.ts'
import type { ArchivedFile } from '../../files/writeZip.ts'
import { field, shortestFloat32 } from '../../scans/scoresTsv.ts'
import type { Breathe } from '../breathe.ts'
import { requireSequences } from '../requireSequences.ts'
import { safeStem } from './safeStem.ts'

/** Rows that are written before others get their turn. */
const BATCH = 4096

/**
 * A dataset as ENCODE serves its own: a FASTA file, and of each cell type a table with a row an element and replicate
 * (`condition replicate name log2`, and `n_obs_bc` where barcodes are counted). Imported again with the same minimum of barcodes
 * they make the same fingerprint: every replicate value is there, below the minimum too, in the fewest digits that give
 * the stored float32 back. Labels are in a table of their own. Nothing else is written, so that all files can be
 * chosen together.
 *
 * @throws WorkbenchError `not-found`
 */
export async function exportDataset(
  database: ReadableDatabase,
  id: number,
  breathe: Breathe,
  progress: (value: StageProgress) => void,
): Promise<ArchivedFile[]> {
  const dataset = readDataset(database, id)
  requireSequences(dataset, 'it cannot be exported')
  const content = readContent(database, id)
  const stem = safeStem(dataset.name)
  const files: ArchivedFile[] = []
  const encoder = new TextEncoder()
  const add = (fileName: string, text: string) => files.push({ fileName, bytes: encoder.encode(text) })
  progress({ stage: 'Writing the files', done: 0, total: content.cellTypes.length })
  add(`${stem}.fasta`, content.names.map((name, i) => `>${name}\n${content.sequences[i]!}\n`).join(''))
  for (const [done, cellType] of content.cellTypes.entries()) {
    add(`${stem} ${safeStem(cellType.name)}.tsv`, await activityTable(content.names, cellType, breathe))
    progress({ stage: 'Writing the files', done: done + 1, total: content.cellTypes.length })
  }
  if (content.labels.length > 0) add(`${stem} labels.tsv`, labelTable(content.names, content.labels))
  return files
}

async function activityTable(names: readonly string[], { name: cellType, activities, replicates }: StoredCellType, breathe: Breathe) {
  // Without replicates of its own, its activity is one.
  const written = replicates.length > 0 ? replicates : [{ name: '1', activities, barcodes: null }]
  const counts = written.some(({ barcodes }) => barcodes !== null)
  const condition = field(cellType)
  const lines = [`condition\treplicate\tname\tlog2${counts ? '\tn_obs_bc' : ''}\n`]
  for (const [i, name] of names.entries()) {
    if (i % BATCH === 0) await breathe()
    for (const { name: replicate, activities: values, barcodes } of written) {
      if (Number.isNaN(values[i])) continue
      const known = barcodes && barcodes[i]! >= 0 ? barcodes[i]! : ''
      lines.push(`${condition}\t${field(replicate)}\t${field(name)}\t${shortestFloat32(values[i]!)}${counts ? `\t${known}` : ''}\n`)
    }
  }
  return lines.join('')
}

function labelTable(names: readonly string[], labels: readonly LabelColumn[]): string {
  const header = ['name', ...labels.map(({ column }) => column)].map(field).join('\t')
  const rows = names.map((name, i) => [name, ...labels.map(({ values, codes }) => values[codes[i]!] ?? '')].map(field).join('\t'))
  return `${[header, ...rows].join('\n')}\n`
}
