import type { WorkbenchClient } from '../../shared/contract/workbench.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { ImportedModel } from '../../shared/domain/model.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'

interface OfModel extends CommonOptions {
  /** Its number: names of models need not differ. */
  readonly model: number
}

export interface RenameModelOptions extends OfModel {
  readonly name: string
}

/** Gives an imported model another name. */
export function renameModel({ withWorkbench }: CommandContext, { workspace, model, name }: RenameModelOptions): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) => {
    const before = await findModel(calls, model, 'shelf')
    const renamed = await calls.models.rename({ id: model, name })
    return { json: told(renamed), text: `Model ${model}, ${before.name}, is now ${renamed.name}.\n` }
  })
}

/** Puts an imported model into the bin. */
export function binModel({ withWorkbench }: CommandContext, { workspace, model }: OfModel): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) => {
    await findModel(calls, model, 'shelf')
    const binned = await calls.models.remove({ id: model })
    return { json: told(binned), text: `${binned.name} is in the bin. restore-model takes it out again; its scans stay.\n` }
  })
}

/** Takes an imported model out of the bin. */
export function restoreModel({ withWorkbench }: CommandContext, { workspace, model }: OfModel): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) => {
    await findModel(calls, model, 'bin')
    const restored = await calls.models.restore({ id: model })
    return { json: told(restored), text: `${restored.name} is back.\n` }
  })
}

async function findModel(calls: WorkbenchClient, id: number, place: 'shelf' | 'bin'): Promise<ImportedModel> {
  const models = (await calls.models.list({})).filter(({ removedAt }) => (removedAt === null) === (place === 'shelf'))
  const found = models.find((model) => model.id === id)
  if (found) return found
  const names = models.map((model) => `${model.id} (${model.name})`).join(', ')
  const [where, none] = place === 'bin' ? ['in the bin', 'The bin is empty.'] : ['in this workspace', 'Import one first.']
  throw new WorkbenchError('not-found', `There is no imported model ${id} ${where}.`, { hint: names ? `There are: ${names}.` : none })
}

function told({ id, name, removedAt }: ImportedModel) {
  return { model: id, name, removedAt }
}
