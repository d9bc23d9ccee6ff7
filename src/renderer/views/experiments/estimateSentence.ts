import { labelOfKept } from '../../../shared/domain/engineChoice.ts'
import type { Estimate } from '../../../shared/domain/queue.ts'
import { countOf, formatBytes, formatDuration } from '../../../shared/text/numbers.ts'

/** What a launch would cost, in a sentence or two. */
export function estimateSentence({ seconds, secondsBefore, bytes, freeBytes, engine, canTrain, rough }: Estimate, waiting: number): string {
  const disk = `${formatBytes(bytes)} on disk, of ${formatBytes(freeBytes)} free.`
  const needs =
    seconds === null
      ? `How long it takes is not known: ${canTrain ? 'a run trains, so nothing can be measured now, and no run of this kind has trained here before' : 'the engine cannot train at present'}. It needs ${disk}`
      : `${seconds < 1 ? 'Under a second' : `${rough ? 'Roughly' : 'About'} ${formatDuration(seconds)}`} of training${engine ? ` with ${labelOfKept(engine)}` : ''}, and ${disk}${rough ? ' While a run trains nothing is measured, so the time is taken from runs of another kind.' : ''}`
  if (waiting === 0) return needs
  const before = secondsBefore === null ? '' : `, ${secondsBefore < 1 ? '' : 'about '}${formatDuration(secondsBefore)} of training`
  return `${needs} ${countOf(waiting, 'run trains or waits', 'runs train or wait')} before${before}.`
}

/** What stands against it; null where nothing does. Less than a tenth of the disk left is told, too. */
export function diskWarning({ bytes, freeBytes }: Pick<Estimate, 'bytes' | 'freeBytes'>): string | null {
  if (bytes > freeBytes)
    return `The disk has too little room: ${formatBytes(bytes)} are needed, and ${formatBytes(freeBytes)} are free. Make room, or launch fewer runs.`
  if (bytes > 0.9 * freeBytes)
    return `The disk will be nearly full: ${formatBytes(bytes)} are needed, and ${formatBytes(freeBytes)} are free.`
  return null
}
