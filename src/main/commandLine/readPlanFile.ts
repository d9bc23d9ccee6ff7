import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { z } from 'zod'
import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import { importDecisionsSchema, importPlanSchema, type ImportDecisions, type ImportPlan } from '../../shared/domain/importing.ts'
import type { Source } from '../../shared/domain/source.ts'

const planFileSchema = importPlanSchema.extend({ decisions: importDecisionsSchema.prefault({}) })

/**
 * An import plan with its decisions, as JSON (`{"sequences": …, "tables": […], "decisions": {…}}`): whatever the page can
 * import, from a script. Paths in it start at its own folder.
 *
 * @throws WorkbenchError where it cannot be read or makes no sense
 */
export async function readPlanFile(file: string): Promise<{ plan: ImportPlan; decisions: ImportDecisions }> {
  const name = basename(file)
  const refuse = (why: string, cause?: unknown) =>
    new WorkbenchError(
      'invalid-input',
      `${name} is no plan of an import: ${why}`,
      { file: name, hint: 'Mend it and try again.' },
      { cause },
    )
  let content: unknown
  try {
    content = JSON.parse(await readFile(file, 'utf8'))
  } catch (fault) {
    throw refuse(messageOf(fault), fault)
  }
  const read = planFileSchema.safeParse(content)
  if (!read.success) throw refuse(z.prettifyError(read.error))
  const { decisions, sequences, tables } = read.data
  const found = (source: Source): Source => (source.kind === 'path' ? { ...source, path: resolve(dirname(file), source.path) } : source)
  const plan: ImportPlan = {
    sequences:
      sequences.kind === 'fasta'
        ? { ...sequences, source: found(sequences.source) }
        : sequences.kind === 'regions'
          ? { ...sequences, genome: found(sequences.genome), ...(sequences.index && { index: found(sequences.index) }) }
          : sequences,
    tables: tables.map((table) => ({ ...table, source: found(table.source) })),
  }
  return { plan, decisions }
}
