import type { Recipe, Target } from './recipe.ts'
import type { Setting } from './settingRules.ts'

export interface ChoiceWords {
  readonly title: string
  /** When to choose it. */
  readonly about?: string
}
export interface SettingWords {
  readonly label: string
  readonly help: string
}
type WordsOf<T> = SettingWords & ([T] extends [string] ? { readonly choices: Readonly<Record<T, ChoiceWords>> } : unknown)

/** What a model of each target predicts, as in `Scores are predicted log2(RNA/DNA).` */
export const targetsInWords: Readonly<Record<Target, string>> = { log2: 'log2(RNA/DNA)', specificity: 'specificity between cell types' }

/** Every setting of a recipe in plain words, for the page and the command line alike. */
export const settingWords: { readonly [K in Setting]: WordsOf<Recipe[K]> } = {
  epochs: {
    label: 'Epochs',
    help: 'Passes over the training part. More take longer, and help until the validation curve goes flat.',
  },
  batchSize: {
    label: 'Batch size',
    help: 'Sequences a step; all cell types of a sequence come with it. Larger is faster and steadier.',
  },
  patience: {
    label: 'Patience',
    help: 'Epochs without a better validation Pearson after which training ends; 0 never ends early. A one-cycle schedule gains most at its end, and is best left to reach it.',
  },
  weights: {
    label: 'Weights kept',
    help: 'Which epoch’s weights are the result.',
    choices: { last: { title: 'Of the last epoch' }, best: { title: 'Of the best validation Pearson' } },
  },
  optimizer: {
    label: 'Optimiser',
    help: 'How the weights follow the gradient.',
    choices: {
      sgd: { title: 'SGD', about: 'Plain steps with momentum, as DeepSEA was trained. Sound and slow; wants a larger rate than Adam.' },
      adagrad: {
        title: 'Adagrad',
        about: 'Weights that have moved much move less. Good for rare signals; long runs may come to a halt. ε 1e-10.',
      },
      adadelta: {
        title: 'Adadelta',
        about: 'Adagrad with a short memory. Finds its own step size, so a rate near 1 is usual. ρ 0.9, ε 1e-6.',
      },
      rmsprop: { title: 'RMSprop', about: 'Each step is divided by the size of recent gradients, as Basset was trained. α 0.99, ε 1e-8.' },
      adam: {
        title: 'Adam',
        about:
          'A step size for each weight, with momentum. The published project’s choice, and the most common one. β 0.9 and 0.999, ε 1e-8.',
      },
      adamw: { title: 'AdamW', about: 'Adam with weight decay that works as meant. The first to try, as in LegNet. β and ε as Adam.' },
      nadam: {
        title: 'NAdam',
        about: 'Adam that looks a step ahead. Often a little quicker at the start. β and ε as Adam, momentum decay 0.004.',
      },
      radam: {
        title: 'RAdam',
        about: 'Adam that is careful in its first steps, so that a constant rate needs no warm-up. β and ε as Adam.',
      },
      lamb: { title: 'LAMB', about: 'Steps in proportion to each layer’s weights; β as Adam, ε 1e-6. Made for batches of thousands.' },
    },
  },
  momentum: {
    label: 'Momentum',
    help: 'The share of the last step that goes on into the next. 0.9 is usual; 0 is none.',
  },
  learningRate: {
    label: 'Learning rate',
    help: 'How far each step goes: the constant rate, or the peak of the one-cycle schedule. The first to change with another optimiser.',
  },
  schedule: {
    label: 'Schedule',
    help: 'How the learning rate goes over the run.',
    choices: {
      constant: { title: 'Constant', about: 'The same rate throughout.' },
      oneCycle: { title: 'One-cycle', about: 'Rises to the peak, then falls to nearly nothing. Learns more in few epochs.' },
    },
  },
  target: {
    label: 'Target',
    help: 'What the model learns to predict.',
    choices: {
      log2: { title: 'Activity', about: 'log2(RNA/DNA), as measured.' },
      specificity: {
        title: 'Specificity',
        about: 'How much more active an element is in one cell type than in the others. Needs two cell types or more.',
      },
    },
  },
  loss: {
    label: 'Loss',
    help: 'What training makes small.',
    choices: {
      mse: { title: 'Mean squared error', about: 'Large errors count most. The usual one.' },
      huber: { title: 'Huber', about: 'As the squared error, but outliers count less.' },
      gaussianNll: { title: 'Gaussian likelihood', about: 'Learns a variance beside each value, so that noisy elements count less.' },
      pearson: {
        title: '1 − Pearson r',
        about:
          'Rewards the right order and proportions in each cell type. It leaves the scale free, so after training a straight line, fitted on the training part, puts the predictions back on the scale of the target.',
      },
    },
  },
  huberDelta: {
    label: 'Huber threshold',
    help: 'Errors beyond it count linearly instead of squared. In units of the target.',
  },
  reverseComplement: {
    label: 'Reverse-complement augmentation',
    help: 'Each training sequence is read as its other strand half of the time.',
  },
  shift: {
    label: 'Shift',
    help: 'Each training sequence is moved by up to so many bases to either side, so that the exact place of a motif is not learnt by heart. 0 moves none.',
  },
  weightDecay: {
    label: 'Weight decay',
    help: 'Pulls the weights towards zero, against learning by heart. AdamW and LAMB take it off the weights themselves; the others add it to the gradient.',
  },
  dropout: {
    label: 'Dropout',
    help: 'Share of the hidden layer that is left out at random in training, against learning by heart.',
  },
  strands: {
    label: 'Strands in scoring',
    help: 'Which strands are read for a score.',
    choices: {
      forward: { title: 'Forward only', about: 'The strand as it is given.' },
      both: { title: 'Mean of both', about: 'Steadier, and takes twice as long.' },
    },
  },
  ambiguousBases: {
    label: 'Letters such as N',
    help: 'How letters that stand for several bases are read.',
    choices: {
      probabilities: { title: 'As probabilities', about: 'As each of the bases that they may stand for, evenly.' },
      zeros: { title: 'As zeros', about: 'As no base at all.' },
    },
  },
  adapters: {
    label: 'Adapters',
    help: 'Sequence of the construct that all records share.',
    choices: { keep: { title: 'Keep', about: 'The model reads them.' }, cut: { title: 'Cut off', about: 'In training and in scoring.' } },
  },
}
