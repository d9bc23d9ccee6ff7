import type { Recipe } from '../../shared/domain/recipe.ts'
import { settingWords, targetsInWords } from '../../shared/domain/settingWords.ts'
import { countOf, formatCount, formatSetting } from '../../shared/text/numbers.ts'
import { joinWords } from '../../shared/text/splits.ts'

/** How a recipe trains and scores, as sentences of a paper's methods. */
export function recipeInWords(recipe: Recipe): string {
  return [
    `Models were trained to predict ${targetsInWords[recipe.target]} (recipe “${recipe.name}”) for ${recipe.patience > 0 ? 'up to ' : ''}${countOf(recipe.epochs, 'epoch')} in batches of ${formatCount(recipe.batchSize)} sequences with ${optimiser(recipe)}; the loss was ${loss(recipe)}.`,
    recipe.schedule === 'oneCycle'
      ? `The learning rate followed a one-cycle schedule with a peak of ${formatSetting(recipe.learningRate)}.`
      : `The learning rate was ${formatSetting(recipe.learningRate)} throughout.`,
    regularisation(recipe),
    augmentation(recipe),
    weights(recipe),
    `${recipe.strands === 'both' ? 'Scores are the mean over both strands' : 'Sequences were read on the forward strand only'}; letters that stand for several bases were read as ${recipe.ambiguousBases === 'zeros' ? 'zeros' : 'their probabilities'}, and the construct’s adapters were ${recipe.adapters === 'keep' ? 'kept' : 'cut off'}.`,
  ].join(' ')
}

function optimiser({ optimizer, momentum, weightDecay }: Recipe): string {
  const title = settingWords.optimizer.choices[optimizer].title
  const isDecoupled = optimizer === 'adamw' || optimizer === 'lamb'
  return joinWords([
    title,
    ...(optimizer === 'sgd' || optimizer === 'rmsprop' ? [`momentum ${formatSetting(momentum)}`] : []),
    ...(weightDecay > 0 ? [`${isDecoupled ? 'decoupled weight decay' : 'an L2 penalty'} of ${formatSetting(weightDecay)}`] : []),
  ])
}

function loss({ loss: name, huberDelta }: Recipe): string {
  switch (name) {
    case 'mse':
      return 'the mean squared error'
    case 'huber':
      return `Huber’s, with a threshold of ${formatSetting(huberDelta)}`
    case 'gaussianNll':
      return 'the negative log-likelihood of a normal distribution, whose variance the model predicts as well'
    case 'pearson':
      return '1 − Pearson r, a cell type at a time, the predictions being put on the target’s scale afterwards by a straight line fitted on the training part'
  }
}

function regularisation({ dropout }: Recipe): string {
  return dropout > 0 ? `Dropout of ${formatSetting(dropout)} was applied to the hidden layer.` : 'No dropout was applied.'
}

function augmentation({ reverseComplement, shift }: Recipe): string {
  const done = [
    ...(reverseComplement ? ['read as its reverse complement with probability one half'] : []),
    ...(shift > 0 ? [`moved by up to ${countOf(shift, 'base')} to either side`] : []),
  ]
  return done.length > 0 ? `In training, each sequence was ${joinWords(done)}.` : 'Sequences were not augmented.'
}

function weights({ weights: kept, patience }: Recipe): string {
  const early = patience > 0 ? `Training ended after ${countOf(patience, 'epoch')} without a better validation Pearson r. ` : ''
  return `${early}The weights are those of ${kept === 'best' ? 'the epoch with the best validation Pearson r' : 'the last epoch'}.`
}
