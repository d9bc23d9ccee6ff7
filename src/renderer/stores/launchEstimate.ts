import { computed, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import type { Estimate } from '../../shared/domain/queue.ts'
import { useTask } from '../connection/useTask.ts'
import { useWorkbench } from '../connection/workbench.ts'
import type { LaunchPlan } from './launchPlan.ts'

/** Milliseconds for which a form must rest before what it would cost is asked for: the answer may need a second of training. */
const REST = 800

/** What a launch would cost, asked for whenever its form has come to rest. */
export function useLaunchEstimate(plan: MaybeRefOrGetter<LaunchPlan>) {
  const { calls, state } = useWorkbench()
  const estimate = shallowRef<Estimate | null>(null)
  const asking = useTask(calls.experiments.estimate)
  // A plan is made anew with every letter typed; what counts is what it says.
  const wanted = computed(() => {
    const now = toValue(plan)
    return 'launch' in now && state.value === 'open' ? JSON.stringify(now.launch) : null
  })
  const ask = async () => {
    const now = toValue(plan)
    const asked = wanted.value
    if (!('launch' in now) || asked === null) return
    const answer = await asking.start(now.launch)
    if (answer && asked === wanted.value) estimate.value = answer
  }
  watch(
    wanted,
    (now, _, onCleanup) => {
      asking.stop()
      asking.forget()
      estimate.value = null
      if (now === null) return
      const timer = setTimeout(() => void ask(), REST)
      onCleanup(() => clearTimeout(timer))
    },
    { immediate: true },
  )
  return {
    estimate,
    /** From the first change until the answer is there. */
    measuring: computed(() => wanted.value !== null && estimate.value === null && asking.error.value === null),
    progress: asking.progress,
    error: asking.error,
    again: ask,
    stop: asking.stop,
  }
}
