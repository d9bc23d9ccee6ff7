import { refuseTooManyRows, type WorkbookCell } from '../../files/workbookSheet.ts'
import { writeWorkbook } from '../../files/writeWorkbook.ts'
import { scoreRows } from '../reading/scoreRows.ts'
import { ExportedFile } from './exportedFile.ts'
import type { Exporting } from './exporting.ts'
import { tableColumns, tsvHeaderOf, tsvLine } from './scoresTable.ts'

/** The table of scores as TSV; names byte for byte. */
export async function scoresTsv({ database, scan, query, breathe, progress }: Exporting): Promise<Uint8Array> {
  const columns = tableColumns(scan)
  const file = new ExportedFile(breathe)
  await file.write(tsvHeaderOf(columns))
  let done = 0
  const { total, batches } = await scoreRows(database, scan, query, breathe)
  for await (const rows of batches) {
    await file.write(rows.map((row) => tsvLine(columns, row)).join(''))
    progress((done += rows.length), total)
  }
  return file.bytes()
}

/** The same as a workbook of Excel, with a sheet that says what it is. @throws WorkbenchError where there are too many rows */
export async function scoresWorkbook({ database, scan, query, breathe, progress }: Exporting): Promise<Uint8Array> {
  const columns = tableColumns(scan)
  const { total, batches } = await scoreRows(database, scan, query, breathe)
  refuseTooManyRows(scan.name, total)
  async function* rows(): AsyncGenerator<WorkbookCell[][]> {
    let done = 0
    for await (const batch of batches) {
      yield batch.map((row) => columns.map(({ cell }) => cell(row)))
      progress((done += batch.length), total)
    }
  }
  const about: WorkbookCell[][] = [
    ['scan', scan.name],
    ['file', scan.file],
    ['scored', scan.createdAt],
    ...scan.models.map(({ name }) => ['model', name]),
    ['target', scan.target === 'specificity' ? 'specificity: how much a cell type stands out, in z-scores' : 'log2(RNA/DNA)'],
    ['model reads', `${scan.modelLength} bases`],
    [
      'long sequences',
      scan.options.long === 'windows' ? `windows of ${scan.windowLength} bases, one every ${scan.options.stride}` : scan.options.long,
    ],
    ['percentile', 'share of the training part’s measured activities that are lower, 0 to 100'],
    ['above shuffled', 'share of the shuffled sequences that score lower, 0 to 100'],
    ['specificity', 'score minus the mean over the model’s other cell types'],
    ['distance', 'share of training sequences whose 4-mers are nearer to the training part’s, 0 to 100'],
  ]
  const sheets = [
    { name: 'Scores', header: columns.map(({ header }) => header), rows: rows() },
    { name: 'About', header: ['what', 'value'], rows: about },
  ]
  return writeWorkbook(sheets, new Date(scan.createdAt))
}
