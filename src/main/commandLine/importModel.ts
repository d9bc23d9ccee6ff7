import { resolve } from 'node:path'
import type { ImportedModel } from '../../shared/domain/model.ts'
import type { CommandContext, CommandResult, CommonOptions } from './command.ts'
import { table } from './table.ts'

export interface ImportModelOptions extends CommonOptions {
  readonly name?: string
}

/** Takes a model file into the workspace, so that it can score as a run's model can. */
export function importModel(
  { withWorkbench }: CommandContext,
  { workspace, name }: ImportModelOptions,
  file: string,
): Promise<CommandResult> {
  return withWorkbench(workspace, 'write', async ({ calls }) => {
    const source = { kind: 'path', path: resolve(file) } as const
    const model = await calls.models.import({ source, ...(name !== undefined && { name }) })
    const { variant, cellTypes, dataset } = model.description
    const text = `Model ${model.id}, ${model.name}: ${variant}, trained on ${dataset.name}, for ${cellTypes.join(', ')}.\n`
    return { json: { model: model.id, ...told(model) }, text }
  })
}

/** The imported models of a workspace, newest first. */
export function listModels({ withWorkbench }: CommandContext, { workspace }: CommonOptions): Promise<CommandResult> {
  return withWorkbench(workspace, 'read', async ({ calls }) => {
    const models = (await calls.models.list({})).filter(({ removedAt }) => removedAt === null)
    const rows = models.map(({ id, name, description: { variant, dataset, cellTypes, testPearson } }) => [
      id,
      name,
      variant,
      dataset.name,
      cellTypes.join(', '),
      testPearson,
    ])
    return {
      json: { models: models.map((model) => ({ id: model.id, ...told(model) })) },
      text:
        rows.length === 0
          ? 'There are no imported models.\n'
          : table(['id', 'name', 'variant', 'trained on', 'cell types', 'test r'], rows),
    }
  })
}

function told({ name, file, weightsSha256, description }: ImportedModel) {
  return { name, file, weightsSha256, ...description }
}
