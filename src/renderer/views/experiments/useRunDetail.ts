import { onScopeDispose } from 'vue'
import type { Epoch } from '../../../shared/domain/run.ts'
import { useLoaded } from '../../connection/useLoaded.ts'
import { useWorkbench } from '../../connection/workbench.ts'
import { withEpochs } from './withEpochs.ts'

/** Milliseconds for which epochs are gathered before they are shown: a quick run has many a second, and eyes do not. */
const GATHER = 200

/** A run in every detail, its curve growing as it trains. */
export function useRunDetail(id: number) {
  const workbench = useWorkbench()
  let gathered: Epoch[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const { value, error, load } = useLoaded(async () => {
    const detail = await workbench.calls.experiments.run({ id })
    // What was told before the answer is in it.
    gathered = []
    return detail
  })
  const show = () => {
    timer = undefined
    if (value.value && gathered.length) value.value = { ...value.value, curve: withEpochs(value.value.curve, gathered) }
    gathered = []
  }
  onScopeDispose(
    workbench.on('runs.epoch', ({ run, epoch }) => {
      if (run !== id) return
      gathered.push(epoch)
      timer ??= setTimeout(show, GATHER)
    }),
  )
  onScopeDispose(() => clearTimeout(timer))
  // Parameters and versions come with the start, results with the end: both are in the detail alone.
  let lastState: string | null = null
  onScopeDispose(
    workbench.on('runs.changed', (run) => {
      if (run.id !== id || run.state === lastState) return
      lastState = run.state
      void load()
    }),
  )
  return { detail: value, error, load }
}
