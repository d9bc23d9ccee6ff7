import type { Loss, Optimizer } from '../../shared/domain/recipe.ts'
import { recipesOf, type ReportMaterial } from './reportMaterial.ts'

const works = {
  lentiMpra:
    'Agarwal V, et al. Massively parallel characterization of transcriptional regulatory elements. Nature (2025). doi:10.1038/s41586-024-08430-9',
  bootstrap: 'Efron B, Tibshirani RJ. An Introduction to the Bootstrap. Chapman & Hall (1993).',
  spearmanBrown:
    'Spearman C. Correlation calculated from faulty data. Br J Psychol 3, 271–295 (1910); Brown W. Some experimental results in the correlation of mental abilities. Br J Psychol 3, 296–322 (1910).',
  batchNorm:
    'Ioffe S, Szegedy C. Batch normalization: accelerating deep network training by reducing internal covariate shift. ICML (2015).',
  dropout: 'Srivastava N, et al. Dropout: a simple way to prevent neural networks from overfitting. J Mach Learn Res 15, 1929–1958 (2014).',
  oneCycle:
    'Smith LN, Topin N. Super-convergence: very fast training of neural networks using large learning rates. Proc SPIE 11006 (2019).',
  ensembles:
    'Lakshminarayanan B, Pritzel A, Blundell C. Simple and scalable predictive uncertainty estimation using deep ensembles. NeurIPS (2017).',
  tensorflow: 'Abadi M, et al. TensorFlow: a system for large-scale machine learning. OSDI (2016).',
  tensorflowJs: 'Smilkov D, et al. TensorFlow.js: machine learning for the web and beyond. SysML (2019).',
  jaspar:
    'Khan A, et al. JASPAR 2018: update of the open-access database of transcription factor binding profiles and its web framework. Nucleic Acids Res 46, D260–D266 (2018).',
} as const

const optimizerWorks: Readonly<Record<Optimizer, string>> = {
  sgd: 'Robbins H, Monro S. A stochastic approximation method. Ann Math Stat 22, 400–407 (1951); Polyak BT. Some methods of speeding up the convergence of iteration methods. USSR Comput Math Math Phys 4, 1–17 (1964).',
  adagrad:
    'Duchi J, Hazan E, Singer Y. Adaptive subgradient methods for online learning and stochastic optimization. J Mach Learn Res 12, 2121–2159 (2011).',
  adadelta: 'Zeiler MD. ADADELTA: an adaptive learning rate method. arXiv:1212.5701 (2012).',
  rmsprop: 'Tieleman T, Hinton G. Lecture 6.5: RMSProp. COURSERA: Neural Networks for Machine Learning (2012).',
  adam: 'Kingma DP, Ba J. Adam: a method for stochastic optimization. ICLR (2015).',
  adamw: 'Loshchilov I, Hutter F. Decoupled weight decay regularization. ICLR (2019).',
  nadam: 'Dozat T. Incorporating Nesterov momentum into Adam. ICLR workshop (2016).',
  radam: 'Liu L, et al. On the variance of the adaptive learning rate and beyond. ICLR (2020).',
  lamb: 'You Y, et al. Large batch optimization for deep learning: training BERT in 76 minutes. ICLR (2020).',
}
const lossWorks: Readonly<Record<Loss, string | null>> = {
  mse: null,
  huber: 'Huber PJ. Robust estimation of a location parameter. Ann Math Stat 35, 73–101 (1964).',
  gaussianNll: 'Nix DA, Weigend AS. Estimating the mean and variance of the target probability distribution. ICNN (1994).',
  pearson: null,
}

/** What is to be cited for what the compared runs used, in alphabetical order. */
export function referencesOf(material: ReportMaterial): string[] {
  const { dataset, comparison, certainty, ensembles, runs, examinations } = material
  const recipes = recipesOf(material)
  const used = [
    ...(dataset.adapters.known ? [works.lentiMpra] : []),
    ...(certainty.cells.length > 0 ? [works.bootstrap] : []),
    ...(comparison.ceilings.some((ceiling) => ceiling !== null) ? [works.spearmanBrown] : []),
    ...(runs.length > 0 ? [works.batchNorm, works.tensorflowJs] : []),
    ...(runs.some(({ engine }) => engine?.startsWith('tensorflow')) ? [works.tensorflow] : []),
    ...(recipes.some(({ dropout }) => dropout > 0) ? [works.dropout] : []),
    ...(recipes.some(({ schedule }) => schedule === 'oneCycle') ? [works.oneCycle] : []),
    ...recipes.map(({ optimizer }) => optimizerWorks[optimizer]),
    ...recipes.flatMap(({ loss }) => lossWorks[loss] ?? []),
    ...(ensembles.length > 0 ? [works.ensembles] : []),
    ...(examinations.some(({ cellTypes }) => cellTypes.some(({ byMotif }) => byMotif.length > 0)) ? [works.jaspar] : []),
  ]
  return [...new Set(used)].sort()
}
