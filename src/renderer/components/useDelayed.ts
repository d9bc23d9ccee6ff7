import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** A text that follows another once typing has paused, so that not every letter asks the core. */
export function useDelayed(source: Readonly<Ref<string | null>>, milliseconds = 200): Readonly<Ref<string>> {
  const settled = ref(source.value ?? '')
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(source, (text) => {
    clearTimeout(timer)
    timer = setTimeout(() => (settled.value = text ?? ''), milliseconds)
  })
  onScopeDispose(() => clearTimeout(timer))
  return settled
}
