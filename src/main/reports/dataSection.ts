import type { DatasetDetail } from '../../shared/domain/dataset.ts'
import type { ImportDecisions } from '../../shared/domain/importing.ts'
import type { Origin } from '../../shared/domain/origin.ts'
import { countOf, formatCount } from '../../shared/text/numbers.ts'
import { joinWords, leakageSentence } from '../../shared/text/splits.ts'
import { paragraph, type ReportBlock, type ReportSection, type ReportTable } from './report.ts'
import type { ReportMaterial } from './reportMaterial.ts'

/** The data that the runs were trained and tested on, with all that was seen at their import. */
export function dataSection({ dataset, origin, splits }: ReportMaterial): ReportSection {
  const { report } = dataset
  const decisions = origin?.kind === 'import' ? decisionSentences(origin.decisions) : []
  return {
    title: 'Data',
    blocks: [
      {
        kind: 'facts',
        name: 'Data',
        facts: [
          ['Dataset', dataset.name],
          ['Origin', originSentence(origin, dataset)],
          ['Elements', formatCount(dataset.elements)],
          ['Rows (element × cell type with an activity)', formatCount(dataset.rows)],
          [
            'Longest sequence',
            dataset.length === 0 ? 'Sequences are not in this workspace' : `${formatCount(dataset.length)} bases, adapters included`,
          ],
          ['Adapters', adaptersInWords(dataset)],
          [
            'Barcode minimum',
            dataset.minimumBarcodes === 0
              ? 'None'
              : `${formatCount(dataset.minimumBarcodes)} a replicate; ${countOf(report.belowMinimumBarcodes, 'replicate value')} fell below it`,
          ],
          ['Sequences without an activity', formatCount(report.unmatched.sequences.count)],
          ['Activity names without a sequence', formatCount(report.unmatched.activities.count)],
          ['Fingerprint of the content (SHA-256)', dataset.fingerprint],
        ],
      },
      ...(report.files.length > 0 ? [sourceFiles(dataset)] : []),
      cellTypeTable(dataset),
      ...(decisions.length > 0 ? [paragraph('Decided at import:'), { kind: 'list', items: decisions } as const] : []),
      ...(report.notes.length > 0
        ? [paragraph('Seen at import:'), { kind: 'list', items: report.notes.map(({ message }) => message) } as const]
        : []),
      ...splits.flatMap((split): ReportBlock[] => [
        paragraph(
          `Split “${split.name}”: ${formatCount(split.sizes.train)} elements for training, ${formatCount(split.sizes.validation)} for validation and ${formatCount(split.sizes.test)} for testing. ${leakageSentence(split)}`,
        ),
      ]),
    ],
  }
}

function sourceFiles({ report }: DatasetDetail): ReportTable {
  return {
    kind: 'table',
    name: 'Source files',
    caption: 'The files as they were read, with their fingerprints.',
    columns: [
      { label: 'File', shown: 'text' },
      { label: 'Read as', shown: 'text' },
      { label: 'Rows', shown: 'count' },
      { label: 'SHA-256', shown: 'text' },
    ],
    rows: report.files.map(({ name, role, rows, sha256 }) => [name, role, rows, sha256]),
  }
}

function cellTypeTable({ cellTypes }: DatasetDetail): ReportTable {
  return {
    kind: 'table',
    name: 'Cell types',
    caption:
      'Cell types: elements measured, replicates, mean and SD of log2(RNA/DNA), mean Pearson r between replicates, and the noise ceiling, the highest Pearson r that the assay’s noise lets any model reach.',
    columns: [
      { label: 'Cell type', shown: 'text' },
      { label: 'Measured', shown: 'count' },
      { label: 'Replicates', shown: 'count' },
      { label: 'Mean', shown: 3 },
      { label: 'SD', shown: 3 },
      { label: 'Replicate r', shown: 3 },
      { label: 'Noise ceiling', shown: 3 },
    ],
    rows: cellTypes.map(({ name, measured, replicates, mean, sd, replicateR, ceiling }) => [
      name,
      measured,
      replicates,
      mean,
      sd,
      replicateR,
      ceiling,
    ]),
  }
}

function originSentence(origin: Origin | null, { simulated }: DatasetDetail): string {
  if (origin === null) return simulated ? 'Simulated' : 'Not known'
  switch (origin.kind) {
    case 'import':
      return 'Imported from files'
    case 'simulation':
      return `Simulated (${countOf(origin.elements, 'element')}, seed ${origin.seed})`
    case 'combination':
      return `Combined from ${joinWords(origin.parents.map(({ name }) => name))}: ${origin.elements === 'shared' ? 'the elements that all of them hold' : 'the elements of all of them'}`
    case 'subset':
      return `A subset of ${origin.parent.name}`
  }
}

function adaptersInWords({ adapters: { prefix, suffix, known } }: DatasetDetail): string {
  if (prefix === '' && suffix === '') return 'None found'
  return `${prefix || 'none'} … ${suffix || 'none'}${known ? ' (the known lentiMPRA pair)' : ''}`
}

function decisionSentences(decisions: ImportDecisions): string[] {
  const {
    minimumBarcodes,
    pseudocount,
    notDna,
    conflictingNames,
    outsideChromosome,
    ambiguous,
    shortest,
    longest,
    incomplete,
    outliersBeyond,
    excludedCellTypes,
  } = decisions
  return [
    minimumBarcodes > 0
      ? `Replicate values from fewer than ${countOf(minimumBarcodes, 'barcode')} do not count.`
      : 'No minimum of barcodes.',
    ...(pseudocount === 1
      ? []
      : [`Where activities were made from counts, ${pseudocount} was added to DNA and RNA, in counts per million.`]),
    ...(notDna === 'skip' ? ['Records that are not DNA were left out.'] : []),
    ...(conflictingNames === 'skip' ? ['Names that stand for two sequences were left out.'] : []),
    ...(outsideChromosome === 'skip' ? ['Regions that are not wholly on a chromosome were left out.'] : []),
    ...(ambiguous === 'drop' ? ['Elements with letters that stand for more than one base were left out.'] : []),
    ...(shortest === null ? [] : [`Elements shorter than ${countOf(shortest, 'base')} were left out.`]),
    ...(longest === null ? [] : [`Elements longer than ${countOf(longest, 'base')} were left out.`]),
    ...(incomplete === 'drop' ? ['Elements that were not measured in every cell type were left out.'] : []),
    ...(outliersBeyond === null ? [] : [`Activities beyond ${outliersBeyond} robust standard deviations from the median were left out.`]),
    ...(excludedCellTypes.length > 0 ? [`Left out altogether: ${joinWords(excludedCellTypes)}.`] : []),
  ]
}
