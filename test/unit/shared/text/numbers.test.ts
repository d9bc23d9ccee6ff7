import { describe, expect, it } from 'vitest'
import { countOf, formatBytes, formatCount, formatDecimal, formatDuration, formatSetting } from '../../../../src/shared/text/numbers.ts'

describe('numbers', () => {
  it.each([
    [0.12345, 4, '0.1235'],
    [-0.5, 3, '−0.500'],
    [-0.0004, 3, '0.000'],
    [null, 3, '–'],
    [undefined, 3, '–'],
    [NaN, 3, '–'],
  ])('writes %d with %i decimals as %s', (value, decimals, text) => {
    expect(formatDecimal(value, decimals)).toBe(text)
  })
  it.each([
    [0, '0'],
    [24_590, '24,590'],
    [-3, '−3'],
    [84_211.4, '84,211'],
  ])('counts %d as %s', (value, text) => {
    expect(formatCount(value)).toBe(text)
  })
  it('makes one and many', () => {
    expect([countOf(1, 'run'), countOf(0, 'run'), countOf(2000, 'run')]).toEqual(['1 run', '0 runs', '2,000 runs'])
  })
  it.each([
    [1e-4, '0.0001'],
    [0.02, '0.02'],
    [20, '20'],
    [16_384, '16,384'],
  ])('writes the setting %d as %s', (value, text) => {
    expect(formatSetting(value)).toBe(text)
  })
  it.each([
    [0, '0 B'],
    [412, '412 B'],
    [1500, '1.5 kB'],
    [15_200_000, '15.2 MB'],
    [412e9, '412 GB'],
  ])('writes %d bytes as %s', (value, text) => {
    expect(formatBytes(value)).toBe(text)
  })
  it.each([
    [0.2, 'under a second'],
    [8, '8 s'],
    [59.7, '1 min'],
    [200, '3 min 20 s'],
    [3600, '1 h'],
    [3900, '1 h 5 min'],
    [7170, '2 h'],
  ])('writes %d seconds as %s', (value, text) => {
    expect(formatDuration(value)).toBe(text)
  })
})
