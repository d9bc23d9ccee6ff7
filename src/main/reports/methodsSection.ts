import type { Split } from '../../shared/domain/split.ts'
import type { Variant } from '../../shared/domain/variants.ts'
import { measureWords } from '../../shared/text/measures.ts'
import { countOf, formatCount } from '../../shared/text/numbers.ts'
import { joinWords } from '../../shared/text/splits.ts'
import { recipeInWords } from './recipeInWords.ts'
import { paragraph, type ReportSection } from './report.ts'
import { recipesOf, variantsOf, type ReportMaterial } from './reportMaterial.ts'

/** What was done, in words for a paper. */
export function methodsSection(material: ReportMaterial): ReportSection {
  const { splits, ensembles } = material
  const recipes = recipesOf(material)
  return {
    title: 'Methods',
    blocks: [
      paragraph(dataInWords(material)),
      ...splitMethods(splits).map(paragraph),
      paragraph(networksInWords(variantsOf(material))),
      ...recipes.map((recipe) => paragraph(recipeInWords(recipe))),
      ...(ensembles.length > 0
        ? [paragraph('An ensemble predicts the mean over its members; their standard deviation is its uncertainty.')]
        : []),
      ...(material.comparison.lines.length > 0 ? [paragraph(evaluationInWords(material))] : []),
    ],
  }
}

function dataInWords({ dataset }: ReportMaterial): string {
  const barcodes = dataset.minimumBarcodes > 0 ? `, values from fewer than ${countOf(dataset.minimumBarcodes, 'barcode')} left out` : ''
  const construct = dataset.adapters.known ? ' The construct is that of lentiMPRA.' : ''
  return `Activity is log2(RNA/DNA) of an element in a cell type${dataset.cellTypes.some(({ replicates }) => replicates > 1) ? `, the mean over replicates${barcodes}` : barcodes}. ${dataset.simulated ? 'The simulated dataset' : 'The dataset'} holds ${countOf(dataset.elements, 'element')}, measured in ${joinWords(dataset.cellTypes.map(({ name, measured }) => `${name} (${formatCount(measured)})`))}.${construct}`
}

/** How each split was made; the folds of one way of dealing together. */
function splitMethods(splits: readonly Split[]): string[] {
  const dealing = ({ id, settings }: Split) => (settings.kind === 'kfold' ? JSON.stringify([settings.folds, settings.seed]) : `split ${id}`)
  return [...Map.groupBy(splits, dealing).values()].map((alike) => splitMethod(alike[0]!, alike))
}

/** @param folds the split itself, and the others that were dealt with it */
function splitMethod(split: Split, folds: readonly Split[]): string {
  const { settings, sizes, groups } = split
  const parts = `${formatCount(sizes.train)} elements for training, ${formatCount(sizes.validation)} for validation and ${formatCount(sizes.test)} for testing`
  const group = 'elements whose sequences are equal, reverse complements of each other or overlap form a group that is never parted'
  const seeded = `seed ${settings.seed}`
  switch (settings.kind) {
    case 'group':
      return `Elements were divided by group into ${parts}: ${group} (${formatCount(groups)} groups, ${seeded}). Parts were matched in mean activity and cell-type specificity.`
    case 'kfold': {
      const dealt = `Elements were dealt by group to ${settings.folds} folds: ${group} (${formatCount(groups)} groups, ${seeded}).`
      return folds.length === 1
        ? `${dealt} Fold ${settings.fold} was tested, the next one validated: ${parts}.`
        : `${dealt} ${folds.length === settings.folds ? 'Each fold' : `Each of ${countOf(folds.length, 'fold')}`} was tested by models for which the next one was validated and the others were trained on: about ${parts}.`
    }
    case 'chromosome':
      return `Whole chromosomes were held out: ${parts} (${seeded})${settings.test.length > 0 ? `, tested on ${joinWords(settings.test)}` : ''}. Related sequences on chromosomes of two parts were all used for training.`
    case 'column':
      return `Elements were divided as the column ${settings.column} of the data says: ${parts}.`
    case 'name':
      return `Elements were divided one by one, regardless of related sequences: ${parts} (${seeded}). Such a split leaks.`
  }
}

const pooling: Readonly<Record<'mean' | 'attention', string>> = {
  mean: 'the mean over all positions',
  attention: 'a sum over positions, weighted by a softmax over one learned score a position',
}

function networksInWords(used: readonly Variant[]): string {
  if (used.length === 0) return 'No model was compared.'
  const of = (wanted: readonly Variant[]) => used.filter((variant) => wanted.includes(variant)).map((variant) => `“${variant}”`)
  const be = (names: readonly string[]) => (names.length === 1 ? `${names[0]!} is` : `${joinWords(names)} are`)
  const [averaging, attending] = [of(['baseline', 'embedding']), of(['attention', 'full'])]
  const [told, untold] = [of(['embedding', 'full']), of(['baseline', 'attention'])]
  return [
    'Sequences are one-hot encoded and pass three one-dimensional convolutions (width 8, padding 4; 8, 8 and 16 channels), each followed by ReLU and batch normalisation, the first also by max pooling of two.',
    ...(averaging.length > 0 ? [`The 16 features of ${joinWords(averaging)} are ${pooling.mean}.`] : []),
    ...(attending.length > 0 ? [`Those of ${joinWords(attending)} are ${pooling.attention}.`] : []),
    ...(told.length > 0 ? [`${be(told)} told the cell type by a learned vector of 6 numbers beside the features.`] : []),
    ...(untold.length > 0
      ? [`${be(untold)} not told the cell type and give${untold.length === 1 ? 's' : ''} one prediction for all cell types.`]
      : []),
    'A hidden layer of 8 units with ReLU and a linear output follow. Layers are initialised as PyTorch does by default.',
  ].join(' ')
}

function evaluationInWords({ comparison, certainty, dataset, filter }: ReportMaterial): string {
  const { label } = measureWords[certainty.measure]
  const ceiling = comparison.ceilings.some((value) => value !== null)
    ? ' The noise ceiling of a cell type is the square root of the reliability of its mean over replicates, by the Spearman–Brown formula from the mean Pearson r between replicates.'
    : ''
  const seeds = comparison.lines.some(({ members }) => members.length > 1)
    ? ' Where a model was trained with several seeds, values are means over seeds, with their standard deviation.'
    : ''
  return `Models were compared on the same ${countOf(comparison.testElements, 'test element')} of ${dataset.name} (${countOf(comparison.groups, 'group')}${filter === null ? '' : `; chosen by ${filter}`}), per cell type and over all rows together: MSE, RMSE, MAE, Pearson r, Spearman ρ (ties averaged) and R² = 1 − SSE/SST.${seeds} Intervals of 95 % for ${label} are percentile intervals of a bootstrap over groups (${countOf(certainty.resamples, 'resample')}, seed ${certainty.seed}); two models were compared by the paired bootstrap of their difference on the same resamples, and are told apart where the interval leaves out zero; each interval is at 95 % by itself.${ceiling}`
}
