import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { demo } from '../../shared/domain/demo.ts'
import { recipeNames } from '../../shared/domain/recipe.ts'
import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import { splitKinds } from '../../shared/domain/split.ts'
import { variants, type Variant } from '../../shared/domain/variants.ts'
import { defaultWorkspace } from '../files/defaultWorkspace.ts'
import { WrongUse, type CommandContext, type CommandResult, type CommonOptions } from './command.ts'
import { checkEngine } from './checkEngine.ts'
import { compareVariants, type CompareOptions } from './compareVariants.ts'
import { exportModel, type ExportModelOptions } from './exportModel.ts'
import { exportDataset, type ExportOptions } from './exportDataset.ts'
import { importDataset, type ImportOptions } from './importDataset.ts'
import { importModel, listModels, type ImportModelOptions } from './importModel.ts'
import { listDatasets, listRuns } from './lists.ts'
import { listSplits, makeSplitOf, type MakeSplitOptions, type SplitsOptions } from './listSplits.ts'
import { makeDemo, type DemoOptions } from './makeDemo.ts'
import { makeSubset, type SubsetOptions } from './makeSubset.ts'
import { migrateWorkspace } from './migrateWorkspace.ts'
import { settingsHelp } from './readRecipe.ts'
import { splitSettingsHelp } from './readSplit.ts'
import { reproduceRun } from './reproduceRun.ts'
import { resumeRun } from './resumeRun.ts'
import { scoreSequences, type ScoreOptions } from './scoreSequences.ts'
import {
  annotateDataset,
  binDataset,
  combineDatasets,
  purgeDataset,
  restoreDataset,
  type AnnotateOptions,
  type CombineOptions,
} from './shelveDataset.ts'
import { binModel, renameModel, restoreModel, type RenameModelOptions } from './shelveModel.ts'
import { trainRuns, type TrainOptions } from './trainRuns.ts'

const DONE = 0
const FAILED = 1
const WRONG_USE = 2

const LARGEST_SEED = 2 ** 31 - 1

/**
 * Runs a command line and returns its exit code: 0 done, 1 failed, 2 wrong use. With `--json` exactly one JSON document goes
 * to the terminal's `out`, that of an error included.
 *
 * @param args without the program itself
 */
export async function runCommandLine(args: readonly string[], context: CommandContext): Promise<number> {
  const { terminal } = context
  const wantsJson = args.includes('--json')
  let code = DONE
  const finish = ({ json, text, failure }: CommandResult) => {
    terminal.out(wantsJson ? `${JSON.stringify({ ...json, ...(failure && { error: errorOf(failure) }) }, null, 2)}\n` : text)
    if (!failure) return
    code = FAILED
    terminal.err(sentenceOf(failure))
  }
  try {
    await program(context, finish).parseAsync(args, { from: 'user' })
    return code
  } catch (fault) {
    if (fault instanceof CommanderError && fault.exitCode === 0) return DONE
    const wrongUse = fault instanceof CommanderError || fault instanceof WrongUse
    // Commander has written its own message by now.
    if (!(fault instanceof CommanderError)) terminal.err(sentenceOf(fault))
    if (wantsJson) terminal.out(`${JSON.stringify({ error: errorOf(fault) }, null, 2)}\n`)
    return wrongUse ? WRONG_USE : FAILED
  }
}

function program(context: CommandContext, finish: (result: CommandResult) => void): Command {
  const root = new Command('enhancer-workbench')
    .description('Trains and compares models of enhancer activity on MPRA data, and scores sequences with them.')
    .configureOutput({ writeOut: context.terminal.out, writeErr: context.terminal.err })
    .exitOverride()
    .showHelpAfterError('(add --help to see how it is used)')
    .enablePositionalOptions()

  const add = <O extends CommonOptions>(
    name: string,
    description: string,
    work: (context: CommandContext, options: O, argument: string) => Promise<CommandResult>,
  ): Command =>
    root
      .command(name)
      .description(description)
      .allowExcessArguments(false)
      .option('--workspace <folder>', 'the folder that holds data, runs and models', defaultWorkspace())
      .option('--json', 'write one JSON document instead of text')
      // What stands before the options are the command's arguments, where it has any.
      .action(async (...given: unknown[]) => finish(await work(context, given.at(-2) as O, given[0] as string)))

  add<ImportOptions>('import', 'Imports a dataset: FASTA and an activity file a cell type, or one table with both.', importDataset)
    .requiredOption('--name <name>', 'what to call the dataset')
    .option('--fasta <file>', 'sequences, as ENCODE serves them')
    .option('--activity <CELL=FILE...>', 'activities of a cell type, as ENCODE serves them; once a cell type')
    .option('--table <file>', 'names, sequences and activities in one TSV or CSV file')
    .option('--columns <name=COL,sequence=COL,CELL=COL...>', 'which column of the table holds what; told from its header where not given')
    .option('--plan <file>', 'anything else that the page can import: a plan with its decisions, as JSON')
    .option('--minimum-barcodes <n>', 'replicates of an element with fewer barcodes are dropped', wholeNumber(0, 100_000), 10)

  add<DemoOptions>('demo', 'Makes a simulated dataset to try the workbench on.', makeDemo)
    .option('--name <name>', 'what to call the dataset', demo.dataset.name)
    .option('--elements <n>', 'how many elements', wholeNumber(100, 1_000_000), demo.dataset.elements)
    .option('--seed <n>', 'the same seed makes the same dataset', wholeNumber(0), demo.dataset.seed)
    .option('--train', 'train the four variants on it as well, as Home does')

  add<TrainOptions>('train', 'Trains variants on a dataset and waits for them. Ctrl-C stops them; resume goes on.', trainRuns)
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

  add<MakeSplitOptions>('split', 'Splits a dataset, and counts what the parts share. The train command does it by itself.', makeSplitOf)
    .requiredOption('--dataset <name>', 'name or number of the dataset')
    .addOption(splitOption())
    .option('--split-settings <key=value...>', 'settings of the split; all are listed below', [])
    .option('--split-seed <n>', 'the same seed makes the same split', wholeNumber(0, LARGEST_SEED), 1)
    .option('--name <name>', 'what to call it; told from its settings where not given')
    .addHelpText('after', () => `\n${splitSettingsHelp}`)

  add<SplitsOptions>('splits', 'Lists the splits of a dataset, and what their parts share.', listSplits).requiredOption(
    '--dataset <name>',
    'name or number of the dataset',
  )

  add<CommonOptions & { run: number }>('resume', 'Goes on with a run that stopped short, from its last epoch.', resumeRun).requiredOption(
    '--run <id>',
    'number of the run',
    wholeNumber(1),
  )

  add<CompareOptions>('compare', 'Measures of the runs of a dataset on the test part, by variant and cell type.', compareVariants)
    .requiredOption('--dataset <name>', 'name or number of the dataset')
    .option('--runs <id,id>', 'the runs to compare; all completed ones where not given', numberList())

  add<CommonOptions & { run: number }>(
    'reproduce',
    'Trains a completed run once more, and says whether its weights are the same to the last bit.',
    reproduceRun,
  ).requiredOption('--run <id>', 'number of a completed run', wholeNumber(1))

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

  add<ScoreOptions>('score', 'Scores sequences with the model of a run, or with an imported one.', scoreSequences)
    .option('--run <id>', 'number of a completed run', wholeNumber(1))
    .option('--model <id>', 'number of an imported model', wholeNumber(1))
    .requiredOption('--fasta <file>', 'the sequences: FASTA, or one a line')
    .option('--out <file>', 'write the scores to this file, as TSV')

  add('datasets', 'Lists the datasets.', listDatasets)
  add<ExportOptions>('export-dataset', 'Writes a dataset as FASTA and one table a cell type, to be imported again.', exportDataset)
    .requiredOption('--dataset <name>', 'name or number of the dataset')
    .requiredOption('--out <file.zip or folder>', 'a .zip, or a folder for the files')
  add<CombineOptions>('combine', 'Makes one dataset of several that share sequences.', combineDatasets)
    .requiredOption('--name <name>', 'what to call the dataset')
    .requiredOption('--datasets <names...>', 'names or numbers of the datasets')
    .addOption(new Option('--elements <which>', 'only those that all share, or all').choices(['shared', 'all']).default('shared'))
    .addOption(
      new Option('--same-cell-type <how>', 'a cell type that several measured: apart, or one with the replicates of all')
        .choices(['apart', 'pool'])
        .default('apart'),
    )
  add<SubsetOptions>('subset', 'Makes a dataset of the elements that pass a filter; all that is asked for must hold.', makeSubset)
    .requiredOption('--dataset <name>', 'name or number of the dataset')
    .requiredOption('--name <name>', 'what to call the subset')
    .option('--search <text>', 'part of a name, or of a sequence on either strand')
    .option('--cell-types <a,b>', 'measured in one of these, and only these are kept')
    .option('--complete', 'measured in every one of them')
    .option('--activity <CELL=FROM..TO...>', 'log2(RNA/DNA) in a cell type; either end may be left out')
    .option('--length <FROM..TO>', 'bases, adapters included')
    .option('--gc <FROM..TO>', 'percent of G and C')
    .option('--barcodes <n>', 'at least so many barcodes a replicate', wholeNumber(1))
    .option('--label <COLUMN=A,B>', 'one of these labels in a column of the file')
    .option('--use-split <name>', 'name or number of a split of the dataset, with --parts')
    .option('--parts <a,b>', 'parts of that split: train, validation, test')
  add<AnnotateOptions>('annotate', 'Changes the name, notes, tags or star of a dataset.', annotateDataset)
    .requiredOption('--dataset <name>', 'name or number of the dataset')
    .option('--rename <name>', 'a new name')
    .option('--notes <text>', 'notes, in place of those there are')
    .option('--tags <a,b>', 'tags, in place of those there are')
    .option('--star', 'star it')
    .option('--no-star', 'take the star away')
  add<CommonOptions & { dataset: string }>('bin', 'Puts a dataset into the bin.', binDataset).requiredOption(
    '--dataset <name>',
    'name or number of the dataset',
  )
  add<CommonOptions & { dataset: string }>('restore', 'Takes a dataset out of the bin.', restoreDataset).requiredOption(
    '--dataset <name>',
    'name or number of the dataset',
  )
  add<CommonOptions & { dataset: string }>('purge', 'Deletes a dataset in the bin for good.', purgeDataset).requiredOption(
    '--dataset <name>',
    'name or number of the dataset',
  )
  add<CommonOptions & { dataset?: string }>('runs', 'Lists the runs, newest first.', listRuns).option(
    '--dataset <name>',
    'only those on this dataset',
  )
  add('models', 'Lists the imported models.', listModels)
  const ofModel = ['--model <id>', 'number of an imported model', wholeNumber(1)] as const
  add<RenameModelOptions>('rename-model', 'Gives an imported model another name.', renameModel)
    .requiredOption(...ofModel)
    .requiredOption('--name <name>', 'the new name')
  add<CommonOptions & { model: number }>('bin-model', 'Puts an imported model into the bin.', binModel).requiredOption(...ofModel)
  add<CommonOptions & { model: number }>('restore-model', 'Takes an imported model out of the bin.', restoreModel).requiredOption(
    ...ofModel,
  )
  add('engine', 'Tries every engine on this machine and says which one is used, and why.', checkEngine)
  add('migrate', 'Brings a workspace of an earlier version up to date, after a copy.', migrateWorkspace)
  return root
}

function splitOption(): Option {
  return new Option(
    '--split <split>',
    'what is held out: by group, by fold, by chromosome, by a column of the file, or by name (which leaks)',
  )
    .choices(splitKinds)
    .default('group')
}

function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text.trim()) || value < least || value > most) {
      const limits = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
      throw new InvalidArgumentError(`It must be a whole number ${limits}.`)
    }
    return value
  }
}

function numberList(most?: number): (text: string) => number[] {
  return (text) => text.split(',').map((number) => wholeNumber(0, most)(number))
}

function variantList(text: string): Variant[] {
  return text.split(',').map((name) => {
    const trimmed = name.trim()
    if (!(variants as readonly string[]).includes(trimmed)) throw new InvalidArgumentError(`The variants are ${variants.join(', ')}.`)
    return trimmed as Variant
  })
}

function errorOf(fault: unknown): object {
  if (fault instanceof WorkbenchError) return { code: fault.code, message: fault.message, ...fault.details }
  if (fault instanceof CommanderError) return { code: 'invalid-input', message: fault.message.replace(/^error: /, '') }
  return { code: fault instanceof WrongUse ? 'invalid-input' : 'internal', message: messageOf(fault) }
}

function sentenceOf(fault: unknown): string {
  const hint = fault instanceof WorkbenchError ? fault.details.hint : undefined
  return `${[messageOf(fault), hint].filter(Boolean).join(' ')}\n`
}
