import { describe, expect, it } from 'vitest'
import { scanEstimate } from '../../../../../src/renderer/views/scan/scanEstimate.ts'
import type { PreflightClass, Scan } from '../../../../../src/shared/domain/scan.ts'

const preflight = (scorable: number, cut = 0, windows = 0) => ({
  scorable,
  windows,
  classes: cut ? [{ kind: 'windows', count: cut } as PreflightClass] : [],
})
const scan = (scored: number, windows: number, seconds: number, members = 1) =>
  ({ state: 'completed', scored, windows, seconds, models: [{ members }] }) as Scan

describe('scanEstimate', () => {
  it('says what is scored where no scan tells a pace', () => {
    expect(scanEstimate(preflight(9, 2, 207), 1, [])).toBe('7 whole sequences and 207 windows to score.')
    expect(scanEstimate(preflight(1, 1, 20), 4, [scan(10, 0, 0.1)])).toBe('20 windows to score, each by 4 models.')
    expect(scanEstimate(preflight(0), 1, [])).toBe('')
  })
  it('goes by the newest scan that took long enough, and by how many models read each piece', () => {
    const earlier = [scan(5, 0, 0.5), scan(10_000, 90_000, 10, 2), scan(1, 0, 100)]
    expect(scanEstimate(preflight(400_000), 1, earlier)).toBe('400,000 whole sequences to score: about 20 s, at the pace of the last scan.')
    expect(scanEstimate(preflight(10), 1, earlier)).toBe('10 whole sequences to score: under a second, at the pace of the last scan.')
  })
})
