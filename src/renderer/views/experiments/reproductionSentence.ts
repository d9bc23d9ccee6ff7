import type { Reproduction } from '../../../shared/domain/run.ts'

/** Whether a repeated run came to the same weights, and why not where it did not; null while one of the two is not completed. */
export function reproductionSentence(reproduction: Reproduction | null): string {
  if (!reproduction) return 'Once it is completed, its weights are compared with that run’s.'
  const { original, equal, largestDifference, differences } = reproduction
  if (equal) return `Byte-equal to run ${original}: every weight is the same to the last bit.`
  const why =
    differences.length > 0
      ? `What was otherwise: ${differences.join(' ')} The last digits depend on the engine, its version and the processor.`
      : 'Engine, versions and machine are the same, so the weights should be, too: look at the log, and check the engine in Settings.'
  return `Not byte-equal to run ${original}: weights differ by up to ${largestDifference.toPrecision(2)}. ${why}`
}
