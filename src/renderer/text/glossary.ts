/** The field's words in plain ones, shown on hover or focus. */
export const glossary = {
  element: 'One assayed piece of DNA, with a name and an orientation.',
  activity: 'log2(RNA/DNA): how much more RNA than DNA is counted for an element. 0 is as much, 1 twice as much.',
  row: 'One element in one cell type, with a measured activity.',
  rowsPerSecond:
    'Rows trained each second. A row is one element in one cell type, so an element measured in three cell types counts three.',
  replicateR: 'Mean Pearson r between each pair of replicates: how well the assay agrees with itself.',
  ceiling:
    'The highest Pearson r that any model could reach here, because the measurements themselves are noisy. From the replicates, by Spearman–Brown.',
  unmatched: 'Names that stand in one file and not in the other. They are left out, and kept in a list.',
  barcodes:
    'Each element is tagged with many barcodes. A replicate that saw only a few of them is a rough estimate; replicates with fewer than the minimum are not used. ENCODE’s own analyses use 10.',
  split: 'Which elements a model learns from (training), which steer it (validation) and which it is judged on (test).',
  group: 'Elements whose sequences are equal, reverse complements, or overlap.',
  leakage: 'Test sequences that the model has, in some form, seen in training. They make a model look better than it is.',
  seed: 'The number that fixes all chance in a run. The same seed gives the same result; several seeds show how much is luck.',
  epoch: 'One pass over all training sequences.',
  experiment: 'The runs that were launched together, with one recipe on one split.',
  learningRate: 'How far one step of training moves the weights. A schedule changes it from step to step; this is the epoch’s last.',
  testPearson:
    'How well predicted and measured activity of the test part lie on a straight line, over all cell types. 1 is perfect, 0 is none.',
  loss: 'What training makes smaller: how far predictions are from the measurements, by the measure that the recipe names.',
  parameters: 'Numbers that the network learns.',
  checkpoint: 'The state of a run after an epoch, saved so that it can go on from there.',
  specificity:
    'How much an element stands out in one cell type: its z-score there, minus its mean z-score over the cell types that measured it.',
  gc: 'Share of the bases that are G or C.',
  score:
    'What the model predicts for the sequence, in the units that it was trained on. Of a sequence cut into windows, its highest window.',
  scoreSpecificity:
    'The score in this cell type minus the mean of the model’s scores in its other cell types. Above 0, the model expects more here than elsewhere.',
  spread: 'Standard deviation of the score over the members of the ensemble: how far they disagree.',
  percentile: 'Share of the activities measured in the training part that are lower than this score.',
  aboveShuffled:
    'Share of shuffled sequences that score lower. They were made from the file’s own, with the same pairs of neighbouring bases, so they show what composition alone gives.',
  distance:
    'How unlike the training sequences it is by its 4-letter words: the share of training sequences that are more like the rest of them.',
  doubt: 'Marks that say why a score should be doubted. Each is explained on the sequence’s own page.',
  fitted: 'What was done to make the sequence as long as the model reads.',
  window: 'A stretch of a long sequence, as long as the model reads, that was scored by itself.',
  peak: 'Active windows that overlap or stand close together, as the rule says.',
  summit: 'The middle base of the peak’s highest window.',
  motifScore: 'How much likelier the match is under the motif than by chance, as a logarithm to base 2 (bits).',
  pValue: 'How often a random sequence matches the motif as well at one place.',
  fingerprint: 'A checksum of the dataset’s content: equal fingerprints mean equal data.',
} as const
export type Term = keyof typeof glossary
