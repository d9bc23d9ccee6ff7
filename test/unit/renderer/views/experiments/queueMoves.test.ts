import { describe, expect, it } from 'vitest'
import { moveTarget } from '../../../../../src/renderer/views/experiments/queueMoves.ts'

describe('moveTarget', () => {
  const waiting = [5, 7, 8, 9]

  it('is the run before which it is put', () => {
    expect(moveTarget(waiting, 8, 'first')).toBe(5)
    expect(moveTarget(waiting, 8, 'up')).toBe(7)
    expect(moveTarget(waiting, 7, 'down')).toBe(9)
  })

  it('is null for the end', () => {
    expect(moveTarget(waiting, 8, 'down')).toBeNull()
  })

  it('is none where it stands there already, or waits no longer', () => {
    expect([
      moveTarget(waiting, 5, 'up'),
      moveTarget(waiting, 5, 'first'),
      moveTarget(waiting, 9, 'down'),
      moveTarget(waiting, 6, 'up'),
    ]).toEqual([undefined, undefined, undefined, undefined])
  })
})
