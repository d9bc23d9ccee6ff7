import type { Recipe, RecipeName } from '../../shared/domain/recipe.ts'
import { formatSetting } from './numbers.ts'

type NumberField = 'epochs' | 'batchSize' | 'learningRate' | 'weightDecay' | 'dropout' | 'patience'
type ChoiceField = 'optimizer' | 'schedule' | 'strands' | 'ambiguousBases' | 'adapters' | 'weights'
type SwitchField = 'reverseComplement'

interface FieldWords {
  readonly label: string
  readonly help: string
}
export type RecipeField =
  | (FieldWords & {
      readonly kind: 'number'
      readonly key: NumberField
      readonly whole: boolean
      readonly minimum: number
      readonly maximum: number
    })
  | (FieldWords & {
      readonly kind: 'choice'
      readonly key: ChoiceField
      readonly choices: readonly { readonly value: string; readonly title: string }[]
    })
  | (FieldWords & { readonly kind: 'switch'; readonly key: SwitchField })

export const recipeDescriptions: Readonly<Record<RecipeName, { readonly title: string; readonly text: string }>> = {
  seed: { title: 'seed', text: 'As the published project trains: slow and steady, no augmentation, the last epoch’s weights.' },
  default: {
    title: 'default',
    text: 'The workbench’s own: both strands, a one-cycle learning rate, the best epoch’s weights. Better results in the same time.',
  },
}

/** Every setting of a recipe, in plain words, in the order of the form. */
export const recipeFields: readonly RecipeField[] = [
  {
    kind: 'number',
    key: 'epochs',
    label: 'Epochs',
    help: 'Passes over the training part. More take longer, and help until the validation curve goes flat.',
    whole: true,
    minimum: 1,
    maximum: 1000,
  },
  {
    kind: 'number',
    key: 'batchSize',
    label: 'Batch size',
    help: 'Sequences a step; all cell types of a sequence come with it. Larger is faster and steadier.',
    whole: true,
    minimum: 2,
    maximum: 16_384,
  },
  {
    kind: 'choice',
    key: 'optimizer',
    label: 'Optimizer',
    help: 'How the weights follow the gradient. AdamW takes the weight decay off the weights themselves, Adam adds it to the gradient.',
    choices: [
      { value: 'adam', title: 'Adam' },
      { value: 'adamw', title: 'AdamW' },
    ],
  },
  {
    kind: 'number',
    key: 'learningRate',
    label: 'Learning rate',
    help: 'How far each step goes: the constant rate, or the peak of the one-cycle schedule.',
    whole: false,
    minimum: 1e-8,
    maximum: 1,
  },
  {
    kind: 'choice',
    key: 'schedule',
    label: 'Schedule',
    help: 'One-cycle rises to the peak and falls to nearly nothing over the whole run; constant stays.',
    choices: [
      { value: 'constant', title: 'Constant' },
      { value: 'oneCycle', title: 'One-cycle' },
    ],
  },
  {
    kind: 'number',
    key: 'weightDecay',
    label: 'Weight decay',
    help: 'Pulls the weights towards zero, against learning by heart.',
    whole: false,
    minimum: 0,
    maximum: 1,
  },
  {
    kind: 'number',
    key: 'dropout',
    label: 'Dropout',
    help: 'Share of the hidden layer that is left out at random in training, against learning by heart.',
    whole: false,
    minimum: 0,
    maximum: 0.9,
  },
  {
    kind: 'number',
    key: 'patience',
    label: 'Patience',
    help: 'Epochs without a better validation Pearson after which training ends. 0 never ends early.',
    whole: true,
    minimum: 0,
    maximum: 1000,
  },
  {
    kind: 'choice',
    key: 'weights',
    label: 'Weights kept',
    help: 'Which epoch’s weights are the result.',
    choices: [
      { value: 'last', title: 'Of the last epoch' },
      { value: 'best', title: 'Of the best validation Pearson' },
    ],
  },
  {
    kind: 'choice',
    key: 'strands',
    label: 'Strands in scoring',
    help: 'Reading both strands and taking the mean is steadier and takes twice as long.',
    choices: [
      { value: 'forward', title: 'Forward only' },
      { value: 'both', title: 'Mean of both' },
    ],
  },
  {
    kind: 'choice',
    key: 'ambiguousBases',
    label: 'Letters such as N',
    help: 'Read as the bases that they may stand for, evenly, or as nothing at all.',
    choices: [
      { value: 'probabilities', title: 'As probabilities' },
      { value: 'zeros', title: 'As zeros' },
    ],
  },
  {
    kind: 'choice',
    key: 'adapters',
    label: 'Adapters',
    help: 'Sequence of the construct that all records share: kept in what the model reads, or cut off.',
    choices: [
      { value: 'keep', title: 'Keep' },
      { value: 'cut', title: 'Cut off' },
    ],
  },
  {
    kind: 'switch',
    key: 'reverseComplement',
    label: 'Reverse-complement augmentation',
    help: 'Each training sequence is read as its other strand half of the time.',
  },
]

/** A recipe's setting as the form writes it. */
export function settingText(recipe: Recipe, field: RecipeField): string {
  if (field.kind === 'switch') return recipe[field.key] ? 'Yes' : 'No'
  if (field.kind === 'choice') return field.choices.find((choice) => choice.value === recipe[field.key])?.title ?? recipe[field.key]
  return formatSetting(recipe[field.key])
}

/** What is wrong with a number typed for a setting, or null. */
export function numberProblem(field: RecipeField & { kind: 'number' }, text: string): string | null {
  const value = Number(text.trim().replace(',', '.'))
  if (text.trim() === '' || !Number.isFinite(value)) return `${field.label} must be a number.`
  if (field.whole && !Number.isInteger(value)) return `${field.label} must be a whole number.`
  if (value < field.minimum) return `${field.label} must be at least ${formatSetting(field.minimum)}.`
  if (value > field.maximum) return `${field.label} must be at most ${formatSetting(field.maximum)}.`
  return null
}
