export interface HeartbeatLimits {
  /** Milliseconds without a beat after which the process is asked whether it lives. */
  readonly silence: number
  /** Milliseconds that it then has to answer. */
  readonly answer: number
}

/**
 * Calls `ask` when no beat has come for a time, and `onSilence`, once, when none comes after that either. The watch looks
 * several times within each time; a look that is itself late means that this process stood still and could hear nothing, so
 * the time begins anew.
 */
export function watchHeartbeat(
  { silence, answer }: HeartbeatLimits,
  ask: () => void,
  onSilence: () => void,
): { readonly beat: () => void; readonly stop: () => void } {
  const interval = Math.min(silence, answer) / 10
  let beaten = performance.now()
  let looked = beaten
  let asked = false
  const beat = () => {
    beaten = performance.now()
    asked = false
  }
  const timer = setInterval(() => {
    const now = performance.now()
    if (now - looked > 2 * interval) beat()
    looked = now
    if (now - beaten < silence) return
    if (!asked) {
      asked = true
      ask()
    }
    if (now - beaten < silence + answer) return
    clearInterval(timer)
    onSilence()
  }, interval)
  timer.unref()
  return { beat, stop: () => clearInterval(timer) }
}
