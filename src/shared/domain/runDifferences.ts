import { formatCount, formatDecimal, formatDuration, formatSetting } from '../text/numbers.ts'
import type { Epoch, RunDetail } from './run.ts'
import { settingCounts, settings, type Setting } from './settingRules.ts'
import { settingWords } from './settingWords.ts'

/** Something that is not the same in two runs, each side as it is shown. */
export interface RunDifference {
  readonly label: string
  readonly a: string
  readonly b: string
}

export interface DifferingPart {
  readonly heading: string
  /** Empty where nothing differs. */
  readonly rows: readonly RunDifference[]
}

const NONE = '–'

/**
 * Two runs beside each other: what is not the same in them, their states apart. In configuration (settings without effect in
 * either are left out), in data, in what trained them (all of which can change the last digits) and in the result (digits beyond
 * those shown do not count).
 */
export function differences(a: RunDetail, b: RunDetail): readonly DifferingPart[] {
  const differ = (label: string, of: (run: RunDetail) => string | null | undefined): RunDifference[] => {
    const [ofA, ofB] = [of(a) ?? NONE, of(b) ?? NONE]
    return ofA === ofB ? [] : [{ label, a: ofA, b: ofB }]
  }
  const configuration = [
    ...differ('Variant', ({ variant }) => variant),
    ...differ('Recipe', ({ recipe }) => recipe.name),
    ...differ('Seed', ({ seed }) => String(seed)),
    ...settings.flatMap((setting) => differ(settingWords[setting].label, (run) => settingText(run, setting))),
  ]
  const trainedBy = [
    ...differ('Engine', ({ engine }) => engine),
    ...[...new Set([...Object.keys(a.versions), ...Object.keys(b.versions)])]
      .sort()
      .flatMap((name) => differ(name === 'encoder' ? 'Encoder' : `Version of ${name}`, ({ versions }) => versions[name])),
    ...differ('Processor', ({ provenance }) => provenance?.machine.processor),
    ...differ('Cores', ({ provenance }) => provenance && String(provenance.machine.cores)),
    ...differ('Memory', ({ provenance }) => provenance && `${provenance.machine.memoryGiB} GiB`),
    ...differ('System', ({ provenance }) => provenance?.machine.platform),
    ...differ('GPU', ({ provenance }) => provenance && (provenance.machine.gpu ?? 'none')),
    ...differ('What the engine did otherwise', ({ provenance }) => provenance?.notes.join(' ') || null),
  ]
  const result = [
    ...differ('Epochs trained', ({ epochs }) => formatCount(epochs)),
    ...differ('Test Pearson r', ({ testPearson }) => decimal(testPearson)),
    ...differ('Best validation Pearson r', (run) => decimal(best(run)?.validationPearson)),
    ...differ('Best epoch', (run) => best(run) && String(best(run)!.epoch)),
    ...cellTypesOf(a, b).flatMap((cellType) =>
      differ(`Validation Pearson r in ${cellType}, best epoch`, (run) =>
        decimal(best(run)?.cellTypePearsons[run.cellTypes.indexOf(cellType)]),
      ),
    ),
    ...differ('Last training loss', ({ curve }) => decimal(curve.at(-1)?.trainLoss, 4)),
    ...differ('Last validation loss', ({ curve }) => decimal(curve.at(-1)?.validationLoss, 4)),
    ...differ('Time of training', ({ seconds, epochs }) => (epochs > 0 ? formatDuration(seconds) : null)),
    ...differ('Rows a second', ({ rowsPerSecond }) => (rowsPerSecond === null ? null : formatCount(rowsPerSecond))),
    ...differ('Parameters', ({ parameters }) => (parameters === null ? null : formatCount(parameters))),
  ]
  return [
    { heading: 'Configuration', rows: configuration },
    { heading: 'Data', rows: dataDifferences(a, b, differ) },
    { heading: 'Trained by', rows: trainedBy },
    { heading: 'Result', rows: result },
  ]
}

type Differ = (label: string, of: (run: RunDetail) => string | null | undefined) => RunDifference[]

/** A dataset or a split may have another name and the same content, and after an upgrade the same name and another content. */
function dataDifferences(a: RunDetail, b: RunDetail, differ: Differ): RunDifference[] {
  const ofDataset = differ('Dataset', ({ datasetName }) => datasetName)
  const content = differ('Content of the dataset', ({ provenance }) => shortened(provenance?.datasetFingerprint))
  const ofSplit = differ('Split', ({ splitName }) => splitName)
  const assignment = differ('Which element is in which part', ({ provenance }) => shortened(provenance?.splitFingerprint))
  const started = a.provenance !== null && b.provenance !== null
  return [...ofDataset, ...(started ? content : []), ...ofSplit, ...(started ? assignment : [])]
}

function settingText({ recipe }: RunDetail, setting: Setting): string | null {
  if (!settingCounts(recipe, setting)) return null
  const value = recipe[setting]
  if (typeof value === 'number') return formatSetting(value)
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  const words = settingWords[setting] as { readonly choices?: Readonly<Record<string, { readonly title: string }>> }
  return words.choices?.[value]?.title ?? value
}

/** The epoch with the best validation Pearson, the first of equals; the last where none is defined. */
function best({ curve }: RunDetail): Epoch | undefined {
  return curve.reduce<Epoch | undefined>((found, epoch) => {
    if (!found || found.validationPearson === null) return epoch
    return epoch.validationPearson !== null && epoch.validationPearson > found.validationPearson ? epoch : found
  }, undefined)
}

/** Cell types that both have: what only one has differs as the dataset does. */
function cellTypesOf(a: RunDetail, b: RunDetail): string[] {
  return a.cellTypes.filter((cellType) => b.cellTypes.includes(cellType))
}

function decimal(value: number | null | undefined, decimals?: number): string | null {
  return value == null ? null : formatDecimal(value, decimals)
}

/** Enough of a fingerprint to tell it from another. */
function shortened(fingerprint: string | undefined): string | undefined {
  return fingerprint?.slice(0, 12)
}
