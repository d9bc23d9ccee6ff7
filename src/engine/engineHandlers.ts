import type { EngineHandlers } from '../shared/contract/engine.ts'
import type { EngineCheck } from '../shared/domain/engine.ts'
import { WorkbenchError } from '../shared/domain/errors.ts'
import { checkBackends, chooseBackend, type Choice } from './backends/chooseBackend.ts'
import { ScorerCache } from './scoring/scorerCache.ts'
import { scoreModel } from './scoring/scoreModel.ts'
import { trainModel } from './training/trainModel.ts'

/** What a process that computes answers. It starts an engine when the first job comes, if it was not told to before. */
export function engineHandlers(): EngineHandlers {
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

  const change = (choose: () => Promise<Choice>): Promise<Started> => {
    if (jobs > 0)
      throw new WorkbenchError('conflict', 'The engine is at work. It can be changed or checked once the run is done or stopped.')
    return begin(choose)
  }

  const work = async <T>(job: (engine: Started) => Promise<T>): Promise<T> => {
    jobs++
    try {
      return await job(await (started ?? begin(() => chooseBackend())))
    } finally {
      jobs--
    }
  }

  return {
    engine: {
      check: async () => {
        let check: EngineCheck | undefined
        const choose = async () => {
          const found = await checkBackends()
          check = found.check
          return found.choice ?? chooseBackend([])
        }
        try {
          await change(choose)
        } catch (fault) {
          // That nothing works is an answer here.
          if (!check) throw fault
        }
        return check!
      },
      start: async ({ engines }) => {
        const { backend, reason } = await change(() => chooseBackend(engines))
        return { name: backend.name, device: backend.device, reason, versions: { ...backend.versions, node: process.versions.node } }
      },
    },
    models: {
      train: (job, { signal, progress }) => work(({ backend, scorers }) => trainModel(job, { backend, scorers, signal, progress })),
      score: ({ model, bases }, { signal }) => work(async ({ scorers }) => ({ scores: await scoreModel(scorers, model, bases, signal) })),
    },
  }
}

interface Started extends Choice {
  readonly scorers: ScorerCache
}
