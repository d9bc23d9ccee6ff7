import type { BootstrapJob } from '../../shared/stats/bootstrap/bootstrapJob.ts'
import { bootstrapMeasures } from '../../shared/stats/bootstrap/bootstrapMeasures.ts'
import { answerInThread } from '../threads/answerInThread.ts'

/** Told in steps, so that telling costs nothing. */
const STEP = 20

answerInThread<BootstrapJob, Float64Array>((job, tell) => {
  let untold = 0
  const found = bootstrapMeasures(job, (resamples) => {
    untold += resamples
    if (untold < STEP) return
    tell(untold)
    untold = 0
  })
  tell(untold)
  return found
})
