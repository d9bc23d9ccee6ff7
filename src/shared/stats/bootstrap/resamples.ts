import { random } from '../random.ts'

/** The number of the resample that is the sample itself: every group once. */
export const WHOLE_SAMPLE = -1

/**
 * How often each group is drawn in a resample: as many draws, with replacement, as there are groups. Each resample has a stream
 * of its own, so that it is the same whoever draws it, and beside whichever others.
 *
 * @param counts where they are written, [groups]
 */
export function drawGroups(counts: Uint8Array, seed: number, resample: number): void {
  if (resample === WHOLE_SAMPLE) {
    counts.fill(1)
    return
  }
  counts.fill(0)
  const source = random(seed, resample)
  const groups = counts.length
  // Of 32 random bits: no group is likelier than another by more than groups / 2³².
  // Nobody will see a group drawn 256 times: of 256 groups and more the chance is below 1e-500.
  for (let draw = 0; draw < groups; draw++) counts[Math.floor((source.bits() * groups) / 2 ** 32)]!++
}
