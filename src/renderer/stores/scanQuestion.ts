import { computed, reactive, ref, shallowRef, watch } from 'vue'
import type { StageProgress } from '../../shared/contract/calls/inputs.ts'
import type { CallOptions } from '../../shared/contract/contract.ts'
import type { WorkbenchClient } from '../../shared/contract/workbench.ts'
import type { ScorerReference } from '../../shared/domain/model.ts'
import type { Preflight, Scan } from '../../shared/domain/scan.ts'
import type { Source } from '../../shared/domain/source.ts'
import { forgetOnChange } from '../connection/forgetOnChange.ts'
import { useTask } from '../connection/useTask.ts'
import { freshSettings, toScanOptions } from './scanSettings.ts'

/** Milliseconds without a change after which the sequences are looked through again. */
const PAUSE = 300

/**
 * What a scan would be of, and what the core says of it: whenever models, sequences or settings change it is asked again, at once
 * where nothing is known yet, else after a pause. Only the answer to what is chosen now is taken.
 */
export function useScanQuestion(calls: Pick<WorkbenchClient['scans'], 'preflight' | 'start'>) {
  const models = shallowRef<readonly ScorerReference[]>([])
  const source = shallowRef<Source | null>(null)
  /** Tells one source from the next: a text may be too long to be compared. */
  const sourceNumber = ref(0)
  const name = ref('')
  const settings = reactive(freshSettings())
  const preflight = shallowRef<Preflight | null>(null)
  const answered = ref<string | null>(null)
  const stopped = ref(false)

  /** What the core is asked, and a key that changes with whatever changes its answer; null while something is missing. */
  const question = computed(() => {
    const options = toScanOptions(settings)
    if (!models.value.length || !source.value || !options) return null
    const { shuffled: _, seed: __, strands: ___, ...read } = options
    return {
      input: { models: [...models.value], source: source.value, options },
      key: JSON.stringify([models.value, sourceNumber.value, read]),
    }
  })
  const isAsked = (key: string | null) => key !== null && question.value?.key === key
  const isFresh = computed(() => preflight.value !== null && isAsked(answered.value))

  const checking = useTask(async (_: undefined, { signal, onProgress }: CallOptions<StageProgress>) => {
    const asked = question.value
    if (!asked) return
    const answer = await calls.preflight(asked.input, { signal, onProgress })
    // Something may have been changed just while the answer came.
    if (!isAsked(asked.key)) return
    preflight.value = answer
    answered.value = asked.key
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  const check = () => {
    clearTimeout(timer)
    stopped.value = false
    return checking.start()
  }
  watch(
    () => question.value?.key,
    (key) => {
      clearTimeout(timer)
      stopped.value = false
      checking.forget()
      checking.stop()
      if (key === undefined || key === answered.value) return
      if (preflight.value === null) void check()
      else timer = setTimeout(() => void check(), PAUSE)
    },
    { flush: 'sync' },
  )

  const starting = useTask(calls.start)
  forgetOnChange([question, name], [starting])

  const letGo = () => {
    // Without a source nothing is asked while the rest is put in order.
    source.value = null
    preflight.value = null
    answered.value = null
    name.value = ''
    Object.assign(settings, { takenOut: [], columns: null, genome: null })
    checking.forget()
    starting.forget()
  }
  const choose = (to: Source, suggestedName: string) => {
    letGo()
    name.value = suggestedName
    sourceNumber.value++
    source.value = to
  }
  /** Starts what was looked through, once however often it is asked before the answer is there. */
  const begin = async (): Promise<Scan | undefined> => {
    const asked = question.value
    if (!asked || !isFresh.value || starting.running.value) return undefined
    const scan = await starting.start({ ...asked.input, name: name.value.trim() || 'Scan' })
    if (!scan) return undefined
    letGo()
    Object.assign(settings, freshSettings())
    return scan
  }
  const stopChecking = () => {
    clearTimeout(timer)
    stopped.value = true
    checking.stop()
  }

  return {
    models,
    source,
    name,
    settings,
    preflight,
    /** Whether the pre-flight is of all that is chosen now. */
    isFresh,
    /** Whether all is there that a pre-flight needs. */
    isComplete: computed(() => question.value !== null),
    choose,
    letGo,
    begin,
    check,
    checking: checking.running,
    checkProgress: checking.progress,
    checkError: checking.error,
    stopped,
    stopChecking,
    starting: starting.running,
    startError: starting.error,
  }
}
