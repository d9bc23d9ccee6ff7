import { availableParallelism } from 'node:os'
import type { BootstrapJob } from '../../shared/stats/bootstrap/bootstrapJob.ts'
import { WHOLE_SAMPLE } from '../../shared/stats/bootstrap/resamples.ts'
import { runInThread, threadEntry } from '../threads/runInThread.ts'

const MOST_THREADS = 8
/** Fewer are not worth a thread of their own. */
const FEWEST_RESAMPLES = 100

/** A measure of every member in every cell type, and, behind these, over all of them together. */
export interface Resampled {
  /** Of the sample itself: [members, cell types and all], NaN where it is not defined. */
  readonly sample: Float64Array
  /** In each resample: [members, cell types and all, resamples]. */
  readonly resamples: Float64Array
}

/**
 * Resamples as `bootstrapMeasures` does, from number 0 on, beside the core on all processors. The numbers do not depend on how
 * many these are.
 *
 * @param told how many resamples are done
 * @throws WorkbenchError `cancelled`
 */
export async function bootstrapInThreads(
  job: Omit<BootstrapJob, 'from' | 'to'>,
  resamples: number,
  signal: AbortSignal,
  told: (done: number) => void,
): Promise<Resampled> {
  const threads = Math.max(1, Math.min(availableParallelism(), MOST_THREADS, Math.floor(resamples / FEWEST_RESAMPLES)))
  // The first begins with the sample itself.
  const edges = Array.from({ length: threads + 1 }, (_, i) => (i === 0 ? WHOLE_SAMPLE : Math.round((i * resamples) / threads)))
  // One that fails ends the others.
  const failed = new AbortController()
  let done = WHOLE_SAMPLE
  const onTold = (more: number) => told(Math.max(0, Math.round((done += more))))
  const shared = { ...job, measured: inSharedMemory(job.measured), predictions: job.predictions.map(inSharedMemory) }
  const parts = await Promise.all(
    edges
      .slice(1)
      .map((to, i) =>
        runInThread<BootstrapJob, Float64Array>(
          threadEntry('bootstrapThread', import.meta.url),
          { ...shared, from: edges[i]!, to },
          { signal: AbortSignal.any([signal, failed.signal]), onTold },
        ),
      ),
  ).catch((fault: unknown) => {
    failed.abort()
    throw fault
  })
  const series = job.predictions.length * (job.cellTypes + 1)
  const sample = new Float64Array(series)
  const whole = new Float64Array(series * resamples)
  for (const [t, part] of parts.entries()) {
    const count = edges[t + 1]! - edges[t]!
    const skipped = t === 0 ? 1 : 0
    for (let s = 0; s < series; s++) {
      if (t === 0) sample[s] = part[s * count]!
      whole.set(part.subarray(s * count + skipped, (s + 1) * count), s * resamples + edges[t]! + skipped)
    }
  }
  return { sample, resamples: whole }
}

/** Where all threads read it; each would else have a copy of its own. */
function inSharedMemory(values: Float32Array): Float32Array {
  const shared = new Float32Array(new SharedArrayBuffer(values.byteLength))
  shared.set(values)
  return shared
}
