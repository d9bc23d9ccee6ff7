/** Where a command writes, and how it hears that it is to stop. */
export interface Terminal {
  /** Results: tables, or the one JSON document. */
  readonly out: (text: string) => void
  /** Progress, notes and errors. */
  readonly err: (text: string) => void
  /** Whether `err` is a screen on which a line can be written over. */
  readonly live: boolean
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal
}

/** One line of progress: written over on a screen, written once a change of `step` elsewhere. */
export interface ProgressLine {
  /** @param step what must not be missing from a log; the same text again is left out there */
  show(step: string, detail?: string): void
  end(): void
}

export function progressLine({ err, live }: Terminal): ProgressLine {
  let last = ''
  return {
    show: (step, detail = '') => {
      const text = live ? step + detail : step
      if (text === last) return
      err(live ? `\r\x1b[K${text}` : `${text}\n`)
      last = text
    },
    end: () => {
      if (live && last !== '') err('\r\x1b[K')
      last = ''
    },
  }
}
