import type { Scan } from '../../../shared/domain/scan.ts'
import { countOf } from '../../../shared/text/numbers.ts'

export interface StoppedWords {
  readonly level: 'info' | 'warning' | 'error'
  readonly message: string
  readonly hint: string
}

/** Why a scan is not complete, and what can be done; null where it runs or is complete. */
export function stoppedWords({
  state,
  message,
  scored,
  binnedAt,
}: Pick<Scan, 'state' | 'message' | 'scored' | 'binnedAt'>): StoppedWords | null {
  if (state === 'running' || state === 'completed') return null
  const kept = scored > 0 ? `What was scored so far (${countOf(scored, 'sequence')}) is kept below. ` : ''
  const hint = `${kept}${binnedAt === null ? 'It can go on where it ended, as long as the file is as it was.' : 'Having been in the bin, it cannot go on any more.'}`
  switch (state) {
    case 'cancelled':
      return { level: 'info', message: message ?? 'You stopped this scan.', hint }
    case 'interrupted':
      return { level: 'warning', message: message ?? 'The workbench was closed, or the engine ended, before the scan was done.', hint }
    case 'failed':
      return { level: 'error', message: message ?? 'The scan could not go on.', hint }
  }
}
