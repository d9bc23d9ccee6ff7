import { watch, type WatchSource } from 'vue'

/** Forgets what went wrong as soon as what it was about is changed: an error stands only beside what caused it. */
export function forgetOnChange(sources: WatchSource[], tasks: readonly { readonly forget: () => void }[]): void {
  watch(
    sources,
    () => {
      for (const task of tasks) task.forget()
    },
    { flush: 'sync' },
  )
}
