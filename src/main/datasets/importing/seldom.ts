const BETWEEN_REPORTS_MILLISECONDS = 50

/** Passes on the first report of each stage, and of the others so many as a person can see. */
export function seldom<P extends { readonly stage: string }>(progress: (value: P) => void): (value: P) => void {
  let stage: string | undefined
  let last = 0
  return (value) => {
    const now = performance.now()
    if (value.stage === stage && now - last < BETWEEN_REPORTS_MILLISECONDS) return
    stage = value.stage
    last = now
    progress(value)
  }
}
