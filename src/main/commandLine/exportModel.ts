import { basename, resolve } from 'node:path'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { reasonOf } from '../files/reasonOf.ts'
import { writeWhole } from '../files/writeWhole.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { modelReference } from './modelReference.ts'

export interface ExportModelOptions extends CommonOptions {
  readonly run?: number
  readonly model?: number
  readonly out?: string
}

/** Writes the model of a run, or an imported one, to one file, for another workspace or another program. */
export function exportModel({ withWorkbench }: CommandContext, { workspace, out, ...named }: ExportModelOptions): Promise<CommandResult> {
  const of = modelReference(named)
  return withWorkbench(workspace, 'read', async ({ calls }) => {
    const { fileName, bytes } = await calls.models.export(of)
    const file = out ?? fileName
    try {
      await writeWhole(resolve(file), bytes)
    } catch (fault) {
      const name = basename(file)
      const hint = 'Name another file with --out.'
      throw new WorkbenchError('unavailable', `${name} could not be written: ${reasonOf(fault)}.`, { file: name, hint })
    }
    return {
      json: { ...of, file, bytes: bytes.byteLength },
      text: `${'run' in of ? `The model of run ${of.run}` : `Model ${of.model}`} is in ${file}.\n`,
    }
  })
}
