import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { around, CLOSEST, loadedFor, moved, stretchInWords, within, zoomed } from '../../../../../src/renderer/views/scan/locusMoves.ts'

describe('locusMoves', () => {
  it('stays within the sequence, whole bases, and no closer than can be read', () => {
    const stretch = fc.record({
      from: fc.double({ min: -2e6, max: 2e6, noNaN: true }),
      bases: fc.double({ min: 0, max: 3e6, noNaN: true }),
    })
    fc.assert(
      fc.property(stretch, fc.integer({ min: 1, max: 1_000_000 }), ({ from, bases }, length) => {
        const view = within({ from, to: from + bases }, length)
        expect(Number.isInteger(view.from) && Number.isInteger(view.to)).toBe(true)
        expect(view.from).toBeGreaterThanOrEqual(0)
        expect(view.to).toBeLessThanOrEqual(length)
        expect(view.to - view.from).toBeGreaterThanOrEqual(Math.min(CLOSEST, length))
      }),
    )
  })

  it('keeps the base under the pointer where it is', () => {
    const close = zoomed({ from: 1000, to: 3000 }, 0.5, 100_000, 1500)
    expect(close).toEqual({ from: 1250, to: 2250 })
    // A quarter of the view lay to its left before, and does so still.
    expect((1500 - close.from) / (close.to - close.from)).toBe(0.25)
  })

  it('ends at the ends', () => {
    expect(moved({ from: 100, to: 300 }, -500, 1000)).toEqual({ from: 0, to: 200 })
    expect(moved({ from: 100, to: 300 }, 5000, 1000)).toEqual({ from: 800, to: 1000 })
    expect(zoomed({ from: 100, to: 900 }, 2, 1000)).toEqual({ from: 0, to: 1000 })
  })

  it('shows a peak with as much on either side, and loads half of the view beyond it', () => {
    expect(around({ from: 5000, to: 5400 }, 100_000)).toEqual({ from: 4600, to: 5800 })
    expect(loadedFor({ from: 4600, to: 5800 }, 6000)).toEqual({ from: 4000, to: 6000 })
  })

  it('tells places as people count them', () => {
    expect(stretchInWords({ from: 1200, to: 1430 })).toBe('1,201–1,430')
  })
})
