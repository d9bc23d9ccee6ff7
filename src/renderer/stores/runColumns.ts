import type { Run, RunProgress } from '../../shared/domain/run.ts'
import { formatCount, formatDecimal, formatDuration, formatTime } from '../../shared/text/numbers.ts'
import type { TsvCell } from '../../shared/text/toTsv.ts'
import type { Term } from '../text/glossary.ts'
import { stateWords } from '../text/states.ts'
import { recipeInWords } from '../text/recipeInWords.ts'
import { runTitle } from '../text/runTitle.ts'

export const runColumnKeys = [
  'name',
  'dataset',
  'variant',
  'recipe',
  'seed',
  'split',
  'state',
  'epochs',
  'rowsPerSecond',
  'time',
  'testPearson',
  'experiment',
  'createdAt',
  'finishedAt',
  'engine',
  'tags',
  'notes',
] as const
export type RunColumnKey = (typeof runColumnKeys)[number]

/** A column of the list of runs: how it is headed, shown, sorted and saved. */
export interface RunColumn {
  readonly key: RunColumnKey
  readonly title: string
  /** In pixels; the first column takes what is left. */
  readonly width: number
  readonly numeric: boolean
  readonly term?: Term
  readonly text: (run: Run, progress?: RunProgress) => string
  /** What it is sorted by; null goes to the end, whichever way it is sorted. */
  readonly rank: (run: Run) => string | number | null
  /** As saved, with every digit. */
  readonly cell: (run: Run) => TsvCell
}

const words = (key: RunColumnKey, title: string, width: number, text: (run: Run) => string): RunColumn => ({
  key,
  title,
  width,
  numeric: false,
  text: (run) => text(run) || '–',
  rank: (run) => text(run) || null,
  cell: (run) => text(run),
})
type NumberOf = (run: Run) => number | null
const number = (key: RunColumnKey, title: string, width: number, value: NumberOf, text: RunColumn['text'], term?: Term): RunColumn => ({
  key,
  title,
  width,
  numeric: true,
  ...(term && { term }),
  text,
  rank: value,
  cell: value,
})
const time = (key: RunColumnKey, title: string, at: (run: Run) => string | null): RunColumn => ({
  key,
  title,
  width: 156,
  numeric: true,
  text: (run) => (at(run) === null ? '–' : formatTime(at(run)!)),
  rank: at,
  cell: at,
})

function timeText(run: Run, progress?: RunProgress): string {
  const left = progress?.secondsLeft
  if (run.state === 'running' && typeof left === 'number') return `${formatDuration(left)} left`
  if (run.seconds > 0 && run.seconds < 1) return '< 1 s'
  return run.seconds > 0 ? formatDuration(run.seconds) : '–'
}
function rateText(run: Run, progress?: RunProgress): string {
  const rate = progress?.rowsPerSecond ?? run.rowsPerSecond
  return rate === null ? '–' : formatCount(rate)
}

/** Every column that the list can have, in the order in which it has them. */
export const runColumns: readonly RunColumn[] = [
  { ...words('name', 'Run', 96, runTitle), cell: (run) => run.name || run.id },
  words('dataset', 'Dataset', 140, (run) => run.datasetName),
  words('variant', 'Variant', 96, (run) => run.variant),
  words('recipe', 'Recipe', 108, (run) => recipeInWords(run.recipe)),
  number(
    'seed',
    'Seed',
    68,
    (run) => run.seed,
    (run) => String(run.seed),
    'seed',
  ),
  words('split', 'Split', 168, (run) => run.splitName),
  words('state', 'State', 120, (run) => stateWords[run.state].word),
  number(
    'epochs',
    'Epochs',
    104,
    (run) => run.epochs,
    (run) => `${formatCount(run.epochs)} of ${formatCount(run.recipe.epochs)}`,
    'epoch',
  ),
  number('rowsPerSecond', 'Rows/s', 88, (run) => run.rowsPerSecond, rateText, 'rowsPerSecond'),
  number('time', 'Time', 88, (run) => run.seconds, timeText),
  number(
    'testPearson',
    'Test Pearson',
    122,
    (run) => run.testPearson,
    (run) => formatDecimal(run.testPearson),
    'testPearson',
  ),
  number(
    'experiment',
    'Experiment',
    112,
    (run) => run.experiment,
    (run) => String(run.experiment),
    'experiment',
  ),
  time('createdAt', 'Queued', (run) => run.createdAt),
  time('finishedAt', 'Finished', (run) => run.finishedAt),
  words('engine', 'Engine', 168, (run) => run.engine ?? ''),
  words('tags', 'Tags', 148, (run) => run.tags.join(', ')),
  words('notes', 'Notes', 220, (run) => run.notes.replace(/\s+/g, ' ')),
]

/** Until a person chooses; the dataset where there is more than one to tell apart. */
export function shownAtFirst(datasets: number): readonly RunColumnKey[] {
  const keys: RunColumnKey[] = ['name', 'dataset', 'variant', 'recipe', 'seed', 'state', 'epochs', 'time', 'testPearson']
  return keys.filter((key) => key !== 'dataset' || datasets > 1)
}
