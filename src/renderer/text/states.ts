import {
  mdiAlertCircleOutline,
  mdiCheckCircleOutline,
  mdiClockOutline,
  mdiPauseCircleOutline,
  mdiProgressHelper,
  mdiStopCircleOutline,
  mdiTimerSand,
} from '@mdi/js'
import type { RunState } from '../../shared/domain/run.ts'
import type { ScanState } from '../../shared/domain/scan.ts'

export interface StateWords {
  readonly word: string
  readonly icon: string
  readonly tone: 'quiet' | 'active' | 'good' | 'bad' | 'warning'
  readonly explanation: string
}

/** A word, a mark and a tone for each state: the mark differs in shape, so that colour is never alone. */
export const stateWords: Readonly<Record<RunState | ScanState, StateWords>> = {
  queued: { word: 'Queued', icon: mdiClockOutline, tone: 'quiet', explanation: 'Waits until the engine is free.' },
  starting: { word: 'Starting', icon: mdiTimerSand, tone: 'active', explanation: 'The engine is being made ready for it.' },
  running: { word: 'Running', icon: mdiProgressHelper, tone: 'active', explanation: 'At work now.' },
  cancelling: {
    word: 'Stopping',
    icon: mdiTimerSand,
    tone: 'quiet',
    explanation: 'Ends after the current step; its last checkpoint is kept.',
  },
  completed: { word: 'Completed', icon: mdiCheckCircleOutline, tone: 'good', explanation: 'Finished, with its results saved.' },
  cancelled: {
    word: 'Stopped',
    icon: mdiStopCircleOutline,
    tone: 'quiet',
    explanation: 'You stopped it. It can go on from its last checkpoint.',
  },
  failed: { word: 'Failed', icon: mdiAlertCircleOutline, tone: 'bad', explanation: 'It could not go on; the message says why.' },
  interrupted: {
    word: 'Interrupted',
    icon: mdiPauseCircleOutline,
    tone: 'warning',
    explanation: 'The workbench was closed, or the engine ended, before it was done. Nothing before its last checkpoint is lost.',
  },
}
