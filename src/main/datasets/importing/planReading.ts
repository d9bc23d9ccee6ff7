import type { StageProgress } from '../../../shared/contract/calls/inputs.ts'
import type { Breathe } from '../breathe.ts'

/** What reading a plan needs from outside. */
export interface PlanReading {
  readonly uploadsFolder: string
  readonly breathe: Breathe
  readonly progress: (value: StageProgress) => void
}
