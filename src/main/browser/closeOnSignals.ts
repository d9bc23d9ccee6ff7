import type { EventEmitter } from 'node:events'

/** One press of Ctrl+C can arrive twice, from the terminal and handed on by npm: within this time it counts once. */
const SAME_PRESS_MILLISECONDS = 500

/** The process, as far as signals go. */
interface SignalledProcess {
  readonly signals: Pick<EventEmitter, 'on'>
  readonly exit: (code: number) => void
  /** Milliseconds on a clock that only goes forward. */
  readonly now: () => number
}

/**
 * On the first SIGINT, SIGTERM or SIGHUP (the terminal is gone) closes what is open and exits with 0, or with 1 where that failed; on a second one exits
 * at once.
 */
export function closeOnSignals(
  { signals, exit, now }: SignalledProcess,
  close: () => Promise<void>,
  onFault: (fault: unknown) => void,
): void {
  let first: number | undefined
  const onSignal = (code: number) => {
    if (first !== undefined) {
      if (now() - first >= SAME_PRESS_MILLISECONDS) exit(code)
      return
    }
    first = now()
    close().then(
      () => exit(0),
      (fault: unknown) => {
        onFault(fault)
        exit(1)
      },
    )
  }
  // A shell says which signal ended a program by 128 and the signal's number.
  signals.on('SIGHUP', () => onSignal(129))
  signals.on('SIGINT', () => onSignal(130))
  signals.on('SIGTERM', () => onSignal(143))
}
