import { Option, type Command } from 'commander'
import { recipeNames } from '../../shared/domain/recipe.ts'
import { variants } from '../../shared/domain/variants.ts'
import type { AddCommand, CommonOptions } from './command.ts'
import { estimateRuns } from './estimateRuns.ts'
import { LARGEST_SEED, numberList, splitOption, variantList, wholeNumber } from './options.ts'
import { settingsHelp } from './readRecipe.ts'
import { splitSettingsHelp } from './readSplit.ts'
import { reproduceRun } from './reproduceRun.ts'
import { resumeRun } from './resumeRun.ts'
import { type TrainOptions, trainRuns } from './trainRuns.ts'

/** The commands that train, and that say what training would cost. */
export function addTrainingCommands(add: AddCommand): void {
  const launching = (command: Command) =>
    command
      .requiredOption('--dataset <name>', 'name or number of the dataset')
      .requiredOption('--variants <a,b>', `which to train: ${variants.join(', ')}`, variantList)
      .addOption(new Option('--recipe <recipe>', 'how to train').choices(recipeNames).default('default'))
      .addOption(splitOption())
      .option('--split-settings <key=value...>', 'settings of the split; all are listed below', [])
      .option('--split-seed <n>', 'the same seed holds out the same elements', wholeNumber(0, LARGEST_SEED), 1)
      .option('--use-split <name...>', 'names or numbers of splits that the dataset has, instead of --split; an experiment each')
      .option('--epochs <n>', 'passes over the training part', wholeNumber(1))
      .option('--seed <n,m>', 'seeds of the weights and the order; one run each', numberList(LARGEST_SEED), [1])
      .option('--set <key=value...>', 'another setting of the recipe; all are listed below', [])
      .addHelpText('after', () => `\n${splitSettingsHelp}\n\n${settingsHelp()}`)
  launching(add<TrainOptions>('train', 'Trains variants on a dataset and waits for them. Ctrl-C stops them; resume goes on.', trainRuns))
  launching(add<TrainOptions>('estimate', 'Says what the command train with the same options would cost in time and disk.', estimateRuns))
  add<CommonOptions & { run: number }>('resume', 'Goes on with a run that stopped short, from its last epoch.', resumeRun).requiredOption(
    '--run <id>',
    'number of the run',
    wholeNumber(1),
  )
  add<CommonOptions & { run: number }>(
    'reproduce',
    'Trains a completed run once more, and says whether its weights are the same to the last bit.',
    reproduceRun,
  ).requiredOption('--run <id>', 'number of a completed run', wholeNumber(1))
}
