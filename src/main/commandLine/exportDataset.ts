import { mkdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { reasonOf } from '../files/reasonOf.ts'
import { writeWhole } from '../files/writeWhole.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { findDataset } from './findDataset.ts'
import { progressLine } from './terminal.ts'

export interface ExportOptions extends CommonOptions {
  readonly dataset: string
  readonly out: string
}

/** Writes a dataset as FASTA and one table a cell type: into a .zip where `out` ends so, else into the folder of that name. */
export function exportDataset(
  { terminal, withWorkbench }: CommandContext,
  { workspace, dataset: named, out }: ExportOptions,
): Promise<CommandResult> {
  const progress = progressLine(terminal)
  return withWorkbench(workspace, 'read', async ({ calls }) => {
    const dataset = await findDataset(calls, named)
    const asZip = /\.zip$/i.test(out)
    const { files } = await calls.datasets.export(
      { id: dataset.id, as: asZip ? 'zip' : 'files' },
      {
        signal: terminal.interrupted,
        onProgress: ({ stage, done, total }) => progress.show(stage, total ? ` ${Math.floor((100 * done) / total)} %` : ''),
      },
    )
    progress.end()
    const written = files.map(({ fileName, bytes }) => ({ path: asZip ? resolve(out) : join(resolve(out), fileName), bytes }))
    try {
      if (!asZip) await mkdir(resolve(out), { recursive: true })
      for (const { path, bytes } of written) await writeWhole(path, bytes)
    } catch (fault) {
      throw new WorkbenchError('unavailable', `${basename(out)} could not be written: ${reasonOf(fault)}.`, {
        file: basename(out),
        hint: 'Name another place with --out.',
      })
    }
    const { name, elements, rows, fingerprint, minimumBarcodes } = dataset
    return {
      json: { dataset: dataset.id, name, elements, rows, fingerprint, minimumBarcodes, files: written.map(({ path }) => path) },
      text: `${name}: ${elements} elements, ${rows} rows.\n${written.map(({ path }) => `${path}\n`).join('')}`,
    }
  })
}
