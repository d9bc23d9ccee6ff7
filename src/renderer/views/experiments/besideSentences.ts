import { bestEpoch, pearsonAt, type CellTypeCurve, type NamedCurve } from '../../../charts/learningCurve.ts'
import { formatDecimal } from '../../../shared/text/numbers.ts'
import { joinWords } from '../../../shared/text/splits.ts'

/** Where the losses of two runs are lowest, in one sentence. */
export function lossBesideSentence(runs: readonly NamedCurve[]): string {
  const said = runs.map(({ name, curve }) => {
    const best = bestEpoch(curve, ({ validationLoss }) => (validationLoss === null ? null : -validationLoss))
    return bestInWords(name, best && { epoch: best.epoch, value: -best.value })
  })
  return `Lowest validation loss: ${joinWords(said)}.`
}

/** Where Pearson r of two runs is highest, over all rows or in one cell type, in one sentence. */
export function pearsonBesideSentence(runs: readonly CellTypeCurve[], cellType: string | null): string {
  const said = runs.map((run) => bestInWords(run.name, bestEpoch(run.curve, pearsonAt(run, cellType))))
  return `Highest validation Pearson r ${cellType === null ? 'over all rows' : `in ${cellType}`}: ${joinWords(said)}.`
}

function bestInWords(name: string, best: { readonly epoch: number; readonly value: number } | null): string {
  return best === null ? `${name} has none` : `${name} ${formatDecimal(best.value)} at epoch ${best.epoch}`
}
