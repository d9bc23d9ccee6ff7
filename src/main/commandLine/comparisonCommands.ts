import { Option } from 'commander'
import { measureNames } from '../../shared/domain/measures.ts'
import type { AddCommand } from './command.ts'
import { type CompareOptions, compareVariants } from './compareVariants.ts'
import {
  binEnsemble,
  listEnsembles,
  makeEnsemble,
  type MakeEnsembleOptions,
  type OfEnsemble,
  purgeEnsemble,
  renameEnsemble,
  restoreEnsemble,
} from './ensembles.ts'
import { makeReport, reportFormats, type ReportOptions } from './makeReport.ts'
import { filterOptions, idList, LARGEST_SEED, wholeNumber } from './options.ts'
import { openShared, type OpenSharedOptions, type ShareOptions, shareRuns } from './shareRuns.ts'

/** The commands that compare runs, average them, and hand on what they came to. */
export function addComparisonCommands(add: AddCommand): void {
  const compare = add<CompareOptions>(
    'compare',
    'Measures of the runs of a dataset on the test part, by variant and cell type, like with like.',
    compareVariants,
  )
    .requiredOption('--dataset <name>', 'name or number of the dataset')
    .option('--runs <id,id>', 'the runs to compare; all completed ones where not given', idList)
    .option('--ensembles <id,id>', 'ensembles to compare with them', idList)
    .option('--set <name>', 'key or name of one of the sets that can be compared; that with the most runs where not given')
    .option('--intervals', '95 % intervals of one measure by bootstrap over groups, which lines differ, and a sentence a cell type')
    .addOption(new Option('--measure <measure>', 'the measure of --intervals').choices(measureNames).default('pearson'))
    .option('--resamples <n>', 'of --intervals', wholeNumber(100, 10_000), 1000)
    .option('--seed <n>', 'of --intervals: the same seed draws the same resamples', wholeNumber(0, LARGEST_SEED), 1)
    .option('--predictions <file>', 'write what every compared element was measured and predicted to this file, as TSV')
  filterOptions(compare, 'measured in one of these')
  add<MakeEnsembleOptions>('ensemble', 'Makes the average of completed runs a model of its own.', makeEnsemble)
    .requiredOption('--name <name>', 'what to call it')
    .requiredOption('--runs <id,id>', 'two runs or more, of one dataset and one target', idList)
  add('ensembles', 'Lists the ensembles, newest first, those in the bin among them.', listEnsembles)
  const ofEnsemble = ['--ensemble <id>', 'number of the ensemble', wholeNumber(1)] as const
  add<OfEnsemble & { name: string }>('rename-ensemble', 'Gives an ensemble another name.', renameEnsemble)
    .requiredOption(...ofEnsemble)
    .requiredOption('--name <name>', 'the new name')
  add<OfEnsemble>('bin-ensemble', 'Puts an ensemble into the bin.', binEnsemble).requiredOption(...ofEnsemble)
  add<OfEnsemble>('restore-ensemble', 'Takes an ensemble out of the bin.', restoreEnsemble).requiredOption(...ofEnsemble)
  add<OfEnsemble>('purge-ensemble', 'Deletes an ensemble in the bin for good; its runs stay.', purgeEnsemble).requiredOption(...ofEnsemble)
  const report = add<ReportOptions>(
    'report',
    'Writes the comparison of a dataset’s runs as a report: HTML, PDF, or a workbook of Excel.',
    makeReport,
  )
    .requiredOption('--dataset <name>', 'name or number of the dataset')
    .option('--runs <id,id>', 'the runs to compare; all completed ones where not given', idList)
    .option('--ensembles <id,id>', 'ensembles to compare with them', idList)
    .option('--set <name>', 'key or name of one of the sets that can be compared; that with the most runs where not given')
    .addOption(new Option('--measure <measure>', 'of which the intervals are').choices(measureNames).default('pearson'))
    .option('--question <text>', 'what is asked of the data, in your words')
    .addOption(new Option('--format <format>', 'what is written; as the file of --out ends where not given').choices(reportFormats))
    .option('--out <file>', 'the file; named after the dataset where not given')
  filterOptions(report, 'measured in one of these')
  add<ShareOptions>('share', 'Writes runs to one file, with results, weights, splits and their dataset, for another workspace.', shareRuns)
    .requiredOption('--runs <id,id>', 'numbers of completed runs of one dataset', idList)
    .option('--no-sequences', 'leave the sequences out: the runs can be compared and score, but nothing can be trained on the data')
    .option('--out <file>', 'the file; named after the dataset where not given')
  add<OpenSharedOptions>('open-shared', 'Takes shared runs into the workspace; what is here already stays as it is.', openShared)
    .argument('<file>', 'a file that share or “Share” wrote')
    .option('--look', 'only say what is in it')
}
