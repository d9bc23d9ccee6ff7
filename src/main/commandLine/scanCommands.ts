import { Option, type Command } from 'commander'
import { scanExportFormats } from '../../shared/domain/locus.ts'
import type { AddCommand } from './command.ts'
import { annotateScan, type AnnotateScanOptions, exportScan, type ExportScanOptions, listPeaks, type PeakOptions } from './exportScan.ts'
import { idList, LARGEST_SEED, percentile, share, wholeNumber } from './options.ts'
import { type ScoreOptions, scoreSequences } from './scoreSequences.ts'

/** The commands that score sequences, and hand on what they came to. */
export function addScanCommands(add: AddCommand): void {
  add<ScoreOptions>('score', 'Scores sequences with models of runs, imported ones or ensembles.', scoreSequences)
    .option('--run <ids>', 'numbers of completed runs, with commas between', idList)
    .option('--model <ids>', 'numbers of imported models', idList)
    .option('--ensemble <ids>', 'numbers of ensembles', idList)
    .requiredOption('--fasta <file>', 'the sequences: FASTA, one a line, a table, GenBank, or BED with --genome')
    .option('--out <file>', 'write the scores to this file, as TSV')
    .option('--windows', 'score what is longer than the model reads in windows; its middle alone where not given')
    .addOption(new Option('--long <what>', 'what becomes of what is longer than the model reads').choices(['windows', 'middle', 'skip']))
    .option('--stride <bases>', 'from one window to the next; 20 where not given', wholeNumber(1, 100_000))
    .option('--window-length <bases>', 'of a window; what the model reads where not given', wholeNumber(1, 1_000_000))
    .addOption(new Option('--short <what>', 'what becomes of what is shorter than the model reads').choices(['pad', 'skip']))
    .option('--shortest <bases>', 'skip what is shorter; 20 where not given', wholeNumber(1))
    .option('--ambiguous <share>', 'skip what has more letters other than A, C, G and T; 0.5 where not given', share)
    .addOption(new Option('--strands <which>', 'strands that are averaged').choices(['model', 'both', 'forward']))
    .option('--skip <lines>', 'lines of records to leave out, with commas between', idList)
    .option('--columns <name=COL,sequence=COL>', 'of a table; found where not given')
    .option('--genome <file>', 'the genome’s FASTA that a BED file’s places are of')
    .option('--shuffled <n>', 'score so many shuffled sequences too, to compare with; none where not given', wholeNumber(0, 10_000))
    .option('--seed <n>', 'the same seed shuffles the same way', wholeNumber(0, LARGEST_SEED))
    .option('--no-seen', 'do not look for the sequences in the model’s data')
  const callingPeaks = (command: Command) =>
    command
      .requiredOption('--scan <id>', 'number of the scan, as score --json says', wholeNumber(1))
      .option('--column <cell type>', 'the cell type; of several models as the table names it')
      .option('--percentile <p>', 'windows at or above it are active', percentile, 95)
      .addOption(new Option('--against <what>', 'the percentile of what').choices(['shuffled', 'training', 'windows']).default('shuffled'))
      .option('--merge <bases>', 'active windows with at most so many bases between them are one peak', wholeNumber(0, 1_000_000), 100)
  callingPeaks(add<PeakOptions>('peaks', 'The active stretches of the long sequences of a scan, highest first.', listPeaks))
  callingPeaks(add<ExportScanOptions>('export-scan', 'Writes the scores of a scan to a file, or its peaks.', exportScan))
    .addOption(new Option('--format <format>', 'bedgraph and bigwig hold one cell type').choices(scanExportFormats).default('tsv'))
    .option('--out <file>', 'the file; named after the scan where not given')
    .option('--peaks', 'of bed and gff3: peaks instead of windows and sequences')
    .option('--search <text>', 'only sequences with this part of a name')
    .option('--unflagged', 'only sequences without a flag')
    .option('--sort <column>', 'name, line, length, gc, distance, a cell type, or specificity:CELL; the highest first')
    .option('--ascending', 'with --sort: the lowest first')
  add<AnnotateScanOptions>('annotate-scan', 'Keeps the features of a GFF3 or BED file beside the sequences of a scan.', annotateScan)
    .requiredOption('--scan <id>', 'number of the scan', wholeNumber(1))
    .requiredOption('--file <file>', 'the GFF3 or BED file; its names are those of the sequences')
}
