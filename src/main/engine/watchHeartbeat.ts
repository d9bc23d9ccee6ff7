/**
 * Calls `onSilence` once when no beat has come for a time. The watch looks several times within that time; a look that is
 * itself late means that this process stood still and could hear nothing, so the time begins anew.
 *
 * @param limit milliseconds
 */
export function watchHeartbeat(limit: number, onSilence: () => void): { readonly beat: () => void; readonly stop: () => void } {
  const interval = limit / 10
  let beaten = performance.now()
  let looked = beaten
  const timer = setInterval(() => {
    const now = performance.now()
    if (now - looked > 2 * interval) beaten = now
    looked = now
    if (now - beaten < limit) return
    clearInterval(timer)
    onSilence()
  }, interval)
  timer.unref()
  return { beat: () => (beaten = performance.now()), stop: () => clearInterval(timer) }
}
