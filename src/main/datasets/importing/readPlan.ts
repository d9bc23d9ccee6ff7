import { WorkbenchError } from '../../../shared/domain/errors.ts'
import type { ImportPlan } from '../../../shared/domain/importing.ts'
import type { Source } from '../../../shared/domain/source.ts'
import { withSource } from '../../files/openSource.ts'
import { readFasta } from '../../files/readFasta.ts'
import { cutRegions } from './cutRegions.ts'
import { ImportContent } from './importContent.ts'
import type { PlanReading } from './planReading.ts'
import { readPlannedTable, type ReadTable } from './readPlannedTable.ts'
import { refuseCellTypeNames } from './refuseCellTypeNames.ts'

/**
 * Reads all files of a plan, once each, in turns with the process's other work. Nothing is judged that a decision may be made
 * on; what is kept takes the memory of the elements, not of the rows.
 *
 * @throws WorkbenchError that names file, line and what to do
 */
export async function readPlan(plan: ImportPlan, reading: PlanReading): Promise<ImportContent> {
  const content = new ImportContent()
  const typed = plan.tables.flatMap(({ mapping }) => [
    mapping.cellType,
    ...mapping.columns.map(({ is }) => ('cellType' in is ? is.cellType : undefined)),
  ])
  refuseCellTypeNames(typed.filter((name) => name !== undefined))
  const { sequences } = plan
  if (sequences.kind === 'fasta') await readLibrary(sequences.source, content, reading)
  else refuseWithoutSequences(plan)
  const tables: ReadTable[] = []
  for (const table of plan.tables) {
    const { uploadsFolder, breathe, progress } = reading
    const read = await readPlannedTable(table, sequences.kind, content, uploadsFolder, breathe, progress)
    refuseSameFile(content.files, tables, read)
    tables.push(read)
    content.files.push({ name: read.file, role: roleOf(read, sequences.kind), rows: read.rows, sha256: read.sha256 })
  }
  refuseCellTypeNames([...content.assays.keys()].filter((name) => name !== ''))
  if (sequences.kind === 'regions') await cutRegions(sequences, content, reading)
  for (const table of tables) refuseStrangers(table, content)
  return content
}

async function readLibrary(source: Source, content: ImportContent, { uploadsFolder, breathe, progress }: PlanReading): Promise<void> {
  const { library } = content
  await withSource(source, uploadsFolder, async (opened) => {
    const file = opened.name
    let rows = 0
    for await (const { name, line, sequence, codes, problem } of readFasta(opened)) {
      rows++
      if (problem) library.notDna.push({ name, file, line: problem.line, detail: problem.message })
      else {
        const number = library.numberOf(name)
        if (library.addSequence(number, { sequence, codes, file, line }) === 'same')
          library.repeated.push(library.placeOf(number, { file, line }))
      }
      if (rows % 256 === 0) {
        progress({ stage: `Reading ${file}`, done: opened.bytesRead(), total: opened.size })
        await breathe()
      }
    }
    content.files.push({ name: file, role: 'sequences', rows, sha256: opened.sha256() })
  })
}

function roleOf({ cellTypes }: ReadTable, sequences: ImportPlan['sequences']['kind']): string {
  const named = cellTypes.filter((name) => name !== '')
  if (sequences === 'table') return named.length > 0 ? 'sequences and activities' : 'sequences'
  if (named.length > 0) return `activities in ${named.join(', ')}`
  return sequences === 'regions' ? 'regions' : 'counts of DNA'
}

function refuseWithoutSequences({ sequences, tables }: ImportPlan): void {
  const roles = new Set(tables.flatMap(({ mapping }) => mapping.columns.map(({ is }) => is.role)))
  if (sequences.kind === 'table' && !roles.has('sequence'))
    throw new WorkbenchError('invalid-input', 'No column was chosen for the sequences.', {
      hint: 'Choose the column with the sequences, or add a FASTA file.',
    })
  if (sequences.kind === 'regions' && !(roles.has('chromosome') && roles.has('start') && roles.has('end')))
    throw new WorkbenchError('invalid-input', 'No columns were chosen for the regions of the genome.', {
      hint: 'Choose the columns with chromosome, start and end.',
    })
}

function refuseSameFile(before: ImportContent['files'], tables: readonly ReadTable[], read: ReadTable): void {
  if (read.isOneOfSeveral) return
  const same = before.find(({ sha256 }, i) => {
    const table = tables[i - (before.length - tables.length)]
    return sha256 === read.sha256 && (table?.sheet ?? null) === read.sheet
  })
  if (!same) return
  throw new WorkbenchError('invalid-input', `${read.file} and ${same.name} are the same file, chosen for two purposes.`, {
    file: read.file,
    hint: 'Choose another file for one of them.',
  })
}

/** A table none of whose names has a sequence is of another library. */
function refuseStrangers({ file, names, firstLine }: ReadTable, { library, files }: ImportContent): void {
  for (let number = 0; number < names.length; number++) {
    // A sequence that is refused for another reason is told of by that reason.
    if (names[number] === 1 && library.sequences[number] !== undefined) return
  }
  if (library.notDna.length > 0 || library.outside.length > 0) return
  const here = library.names[names.indexOf(1)]
  const there = library.names[library.sequences.findIndex((sequence) => sequence !== undefined)]
  throw new WorkbenchError(
    'invalid-input',
    `No name in ${file} is the name of a sequence in ${files[0]?.name ?? 'the other files'}. There, names look like ${there ?? 'nothing'}; here, like ${here ?? 'nothing'}.`,
    {
      file,
      line: firstLine,
      hint: 'Choose the sequences and the activities of the same library: names must agree letter by letter.',
    },
  )
}
