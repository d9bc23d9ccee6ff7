import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scrolledTo, scrollSize, settledAt, type ScrollPlace } from '../../../../src/renderer/components/scaledScroll.ts'

const million = scrollSize(1_000_000, 52, 600)

describe('scaledScroll', () => {
  it('leaves a table that browsers can draw as high as it is', () => {
    expect(scrollSize(1000, 52, 600)).toEqual({ table: 52_000, scroller: 52_000, view: 600 })
    expect(scrolledTo(1234, { table: 0, scroller: 0 }, scrollSize(1000, 52, 600))).toEqual({ table: 1234, scroller: 1234 })
  })

  it('draws a scroller of a million rows that no browser refuses', () => {
    expect(million.scroller).toBe(8_000_000)
    expect(million.table).toBe(52_000_000)
  })

  it('goes as far over the table as a wheel goes, and in proportion where the scroll bar is dragged', () => {
    const start: ScrollPlace = { table: 26_000_000, scroller: 4_000_000 }
    expect(scrolledTo(4_000_120, start, million)).toEqual({ table: 26_000_120, scroller: 4_000_120 })
    expect(scrolledTo(2_000_000, start, million).table).toBeCloseTo((2_000_000 / 7_999_400) * 51_999_400, 3)
  })

  it('has both ends meet', () => {
    const near: ScrollPlace = { table: 50_000_000, scroller: 7_999_300 }
    expect(scrolledTo(7_999_400, near, million).table).toBe(51_999_400)
    expect(scrolledTo(0, { table: 900, scroller: 100 }, million).table).toBe(0)
  })

  it('never leaves the table, and settles where it was', () => {
    const moves = fc.array(fc.oneof(fc.integer({ min: -1200, max: 1200 }), fc.integer({ min: -8_000_000, max: 8_000_000 })), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000 }), moves, (rows, steps) => {
        const size = scrollSize(rows, 52, 600)
        const last = Math.max(0, size.scroller - size.view)
        let place: ScrollPlace = { table: 0, scroller: 0 }
        for (const step of steps) {
          place = scrolledTo(Math.min(last, Math.max(0, place.scroller + step)), place, size)
          expect(place.table).toBeGreaterThanOrEqual(0)
          expect(place.table).toBeLessThanOrEqual(Math.max(0, size.table - size.view))
        }
        const settled = settledAt(place.table, size)
        expect(settled.table).toBe(place.table)
        expect(settled.scroller).toBeGreaterThanOrEqual(0)
        expect(settled.scroller).toBeLessThanOrEqual(last)
      }),
      { numRuns: 200 },
    )
  })
})
