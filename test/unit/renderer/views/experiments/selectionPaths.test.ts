import { describe, expect, it } from 'vitest'
import { binProblem, wayBeside, wayToCompare } from '../../../../../src/renderer/views/experiments/selectionPaths.ts'
import { runFixture } from '../../runFixture.ts'

describe('the ways on from chosen runs', () => {
  it('lead to Compare where all are completed and of one dataset', () => {
    expect(wayToCompare([runFixture(3), runFixture(5)])).toEqual({ to: { name: 'compare', query: { dataset: 1, runs: '3,5' } } })
    expect(wayToCompare([runFixture(3), runFixture(5, { state: 'failed' })])).toEqual({ problem: 'Only completed runs can be compared.' })
    expect(wayToCompare([runFixture(3), runFixture(5, { dataset: 2 })])).toHaveProperty('problem')
  })

  it('lead beside each other for exactly two, in any state', () => {
    expect(wayBeside([runFixture(3), runFixture(5, { state: 'running' })])).toEqual({ to: { name: 'beside', query: { runs: '3,5' } } })
    expect(wayBeside([runFixture(3)])).toHaveProperty('problem')
    expect(wayBeside([runFixture(3), runFixture(4), runFixture(5)])).toHaveProperty('problem')
  })

  it('lead into the bin unless one trains or waits', () => {
    expect(binProblem([runFixture(3), runFixture(5, { state: 'interrupted' })])).toBeNull()
    expect(binProblem([runFixture(3), runFixture(5, { state: 'queued' })])).toMatch(/^A run that trains or waits/)
  })
})
