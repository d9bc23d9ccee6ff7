import type { AddCommand, CommonOptions } from './command.ts'
import { exportModel, type ExportModelOptions } from './exportModel.ts'
import { importModel, type ImportModelOptions, listModels } from './importModel.ts'
import { wholeNumber } from './options.ts'
import { binModel, renameModel, type RenameModelOptions, restoreModel } from './shelveModel.ts'

/** The commands about model files, and about models that came from them. */
export function addModelCommands(add: AddCommand): void {
  add<ExportModelOptions>(
    'export-model',
    'Writes the model of a run, or an imported one, to one file, for another workspace or another program.',
    exportModel,
  )
    .option('--run <id>', 'number of a completed run', wholeNumber(1))
    .option('--model <id>', 'number of an imported model', wholeNumber(1))
    .option('--out <file>', 'the file; named after dataset, variant and run, or as it was imported, where not given')
  add<ImportModelOptions>('import-model', 'Takes a model file into the workspace; score --model scores with it.', importModel)
    .argument('<file>', 'a file that export-model or “Save the model” wrote')
    .option('--name <name>', 'what to call the model; its file’s name where not given')
  add('models', 'Lists the imported models.', listModels)
  const ofModel = ['--model <id>', 'number of an imported model', wholeNumber(1)] as const
  add<RenameModelOptions>('rename-model', 'Gives an imported model another name.', renameModel)
    .requiredOption(...ofModel)
    .requiredOption('--name <name>', 'the new name')
  add<CommonOptions & { model: number }>('bin-model', 'Puts an imported model into the bin.', binModel).requiredOption(...ofModel)
  add<CommonOptions & { model: number }>('restore-model', 'Takes an imported model out of the bin.', restoreModel).requiredOption(
    ...ofModel,
  )
}
