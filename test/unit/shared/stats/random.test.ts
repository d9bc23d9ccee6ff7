import { describe, expect, it } from 'vitest'
import { random, shuffle } from '../../../../src/shared/stats/random.ts'

const take = (n: number, draw: () => number) => Array.from({ length: n }, draw)

describe('random', () => {
  it('gives the same stream for the same seeds, and another for any other', () => {
    const stream = (...seeds: number[]) => take(4, random(...seeds).uniform).join()
    expect(stream(1, 2)).toBe(stream(1, 2))
    const streams = [stream(0), stream(1), stream(1, 0), stream(1, 2), stream(2, 1), stream(2 ** 40), stream(-1)]
    expect(new Set(streams).size).toBe(streams.length)
  })

  it('is the same stream in every version', () => {
    // Data order and first weights follow from these numbers: a change here changes every run.
    expect(take(3, random(42).uniform)).toMatchInlineSnapshot(`
      [
        0.4604179100187228,
        0.5542201013987914,
        0.37519150116952227,
      ]
    `)
  })

  it('gives 32 random bits, each as often one as zero', () => {
    const { bits } = random(5)
    const ones = new Array<number>(32).fill(0)
    for (let i = 0; i < 10_000; i++) for (let bit = 0, value = bits(); bit < 32; bit++) ones[bit]! += (value >>> bit) & 1
    // 5,000 expected, standard deviation 50.
    for (const count of ones) expect(Math.abs(count - 5000)).toBeLessThan(4.5 * 50)
  })

  it('is uniform on [0, 1)', () => {
    const values = take(100_000, random(3).uniform)
    const bins = new Array<number>(10).fill(0)
    for (const value of values) bins[Math.floor(value * 10)]!++
    const chiSquared = bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    expect(chiSquared).toBeLessThan(27.88) // 9 degrees of freedom, p = 0.001
    expect(Math.min(...values.slice(0, 1000))).toBeGreaterThanOrEqual(0)
  })

  it('is standard normal', () => {
    const values = take(100_000, random(4).normal)
    const mean = values.reduce((a, b) => a + b) / values.length
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length
    expect(Math.abs(mean)).toBeLessThan(0.0104) // 3.3 standard errors
    expect(Math.abs(variance - 1)).toBeLessThan(0.0148)
  })

  it('shuffles without losing or favouring', () => {
    const source = random(5)
    const firsts = new Array<number>(5).fill(0)
    for (let i = 0; i < 50_000; i++) firsts[shuffle(Int32Array.of(0, 1, 2, 3, 4), source)[0]!]!++
    const chiSquared = firsts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    expect(chiSquared).toBeLessThan(18.47) // 4 degrees of freedom, p = 0.001
    expect([...shuffle(['a', 'b', 'c', 'd'], random(6))].sort()).toEqual(['a', 'b', 'c', 'd'])
  })
})
