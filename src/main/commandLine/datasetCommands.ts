import { Option } from 'commander'
import { demo } from '../../shared/domain/demo.ts'
import type { AddCommand, CommonOptions } from './command.ts'
import { exportDataset, type ExportOptions } from './exportDataset.ts'
import { importDataset, type ImportOptions } from './importDataset.ts'
import { listDatasets } from './lists.ts'
import { listSplits, makeSplitOf, type MakeSplitOptions, type SplitsOptions } from './listSplits.ts'
import { type DemoOptions, makeDemo } from './makeDemo.ts'
import { makeSubset, type SubsetOptions } from './makeSubset.ts'
import { filterOptions, LARGEST_SEED, splitOption, wholeNumber } from './options.ts'
import { splitSettingsHelp } from './readSplit.ts'
import {
  annotateDataset,
  type AnnotateOptions,
  binDataset,
  combineDatasets,
  type CombineOptions,
  purgeDataset,
  restoreDataset,
} from './shelveDataset.ts'

/** The commands about datasets and their splits. */
export function addDatasetCommands(add: AddCommand): void {
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
  const subset = add<SubsetOptions>(
    'subset',
    'Makes a dataset of the elements that pass a filter; all that is asked for must hold.',
    makeSubset,
  )
    .requiredOption('--dataset <name>', 'name or number of the dataset')
    .requiredOption('--name <name>', 'what to call the subset')
  filterOptions(subset, 'measured in one of these, and only these are kept')
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
}
