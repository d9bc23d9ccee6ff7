import type { EngineHandlers } from '../shared/contract/engine.ts'
import type { EngineName } from '../shared/domain/engine.ts'
import { WorkbenchError } from '../shared/domain/errors.ts'
import { chooseBackend, type Choice, type Loaders } from './backends/chooseBackend.ts'
import { loaders } from './backends/loaders.ts'
import { tryBackend } from './backends/tryBackend.ts'
import { ScorerCache } from './scoring/scorerCache.ts'
import { scoreModel } from './scoring/scoreModel.ts'
import { timeTraining } from './training/timeTraining.ts'
import { trainModel } from './training/trainModel.ts'

/**
 * What a process that computes answers. It starts an engine when the first job comes, if it was not told to before.
 *
 * @param from how to bring each engine up
 */
export function engineHandlers(from: Loaders = loaders): EngineHandlers {
  let started: Promise<Started> | undefined
  let jobs = 0

  const begin = (choose: () => Promise<Choice>): Promise<Started> => {
    const before = started
    const starting = (async () => {
      // The compiled graphs belong to the engine before this one.
      ;(await before?.catch(() => undefined))?.scorers.dispose()
      const choice = await choose()
      return { ...choice, scorers: new ScorerCache(choice.backend) }
    })()
    started = starting
    // A failed start is told to its caller, and is tried again by the next.
    starting.catch(() => {
      if (started === starting) started = undefined
    })
    return starting
  }

  const expectNoJobs = () => {
    if (jobs > 0)
      throw new WorkbenchError('conflict', 'The engine is at work. It can be changed or checked once the run is done or stopped.')
  }

  const change = (choose: () => Promise<Choice>): Promise<Started> => {
    expectNoJobs()
    return begin(choose)
  }

  /** A check leaves another engine in use; the next job starts one anew. */
  const letGo = async () => {
    expectNoJobs()
    const before = started
    started = undefined
    ;(await before?.catch(() => undefined))?.scorers.dispose()
  }

  const work = async <T>(job: (engine: Started) => Promise<T>): Promise<T> => {
    jobs++
    try {
      return await job(await (started ?? begin(() => chooseBackend({ from }))))
    } finally {
      jobs--
    }
  }

  return {
    engine: {
      check: async ({ engine }) => {
        await letGo()
        return tryBackend(engine, from)
      },
      alive: () => ({}),
      start: async ({ engines, gpuOnly }, { progress }) => {
        const onTrying = (trying: EngineName) => progress({ trying })
        const { backend, reason } = await change(() => chooseBackend({ engines, gpuOnly, from, onTrying }))
        return { name: backend.name, device: backend.device, reason, versions: { ...backend.versions, node: process.versions.node } }
      },
    },
    models: {
      train: (job, { signal, progress }) => work(({ backend, scorers }) => trainModel(job, { backend, scorers, signal, progress })),
      timeTraining: (asked, { signal }) => work(({ backend, scorers }) => timeTraining(asked, { backend, scorers, signal })),
      score: ({ model, bases }, { signal }) => work(async ({ scorers }) => ({ scores: await scoreModel(scorers, model, bases, signal) })),
    },
  }
}

interface Started extends Choice {
  readonly scorers: ScorerCache
}
