import { computed, shallowRef, watch, type Ref } from 'vue'
import type { Certainty, Comparison } from '../../../shared/domain/comparison.ts'
import type { MeasureName } from '../../../shared/domain/measures.ts'
import { useTask } from '../../connection/useTask.ts'
import { useWorkbench } from '../../connection/workbench.ts'
import type { SelectionInput } from './selectionInput.ts'

/** How sure the numbers of a comparison are, measure by measure as they are asked for. Each is worked out once. */
export function useCertainty(
  comparison: Readonly<Ref<Comparison | null>>,
  selection: Readonly<Ref<SelectionInput>>,
  measure: Readonly<Ref<MeasureName>>,
) {
  const { calls } = useWorkbench()
  const known = shallowRef<ReadonlyMap<MeasureName, Certainty>>(new Map())
  const { running, progress, error, start, stop } = useTask(calls.comparisons.certainty)
  const certainty = computed(() => known.value.get(measure.value) ?? null)

  async function load() {
    if (certainty.value || !comparison.value?.lines.length) return stop()
    const of = comparison.value
    const answer = await start({ ...selection.value, measure: measure.value })
    // The comparison may have changed while this was worked out.
    if (answer && of === comparison.value) known.value = new Map(known.value).set(answer.measure, answer)
  }
  watch(comparison, () => {
    known.value = new Map()
    void load()
  })
  watch(measure, () => void load())
  return { certainty, computing: running, progress, error, load }
}
