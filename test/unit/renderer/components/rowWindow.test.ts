import { describe, expect, it } from 'vitest'
import { rowWindow } from '../../../../src/renderer/components/rowWindow.ts'

describe('rowWindow', () => {
  it('has the rows in sight and some around them', () => {
    expect(rowWindow(2000, 50, 0, 600, 10)).toEqual({ from: 0, to: 22 })
    expect(rowWindow(2000, 50, 50_010, 600, 10)).toEqual({ from: 990, to: 1023 })
  })

  it('ends with the table', () => {
    expect(rowWindow(5, 50, 0, 600)).toEqual({ from: 0, to: 5 })
    expect(rowWindow(2000, 50, 99_400, 600, 10)).toEqual({ from: 1978, to: 2000 })
    expect(rowWindow(0, 50, 0, 600)).toEqual({ from: 0, to: 0 })
  })

  it('is not lost where a filter leaves fewer rows than were scrolled past', () => {
    const { from, to } = rowWindow(3, 50, 50_000, 600)
    expect(to).toBe(3)
    expect(from).toBeLessThan(to)
  })
})
