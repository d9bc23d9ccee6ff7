import type { Histogram } from '../../shared/domain/dataset.ts'

const ABOUT_BINS = 40

/** Counts of the measured activities in some forty bins whose edges are round numbers: 1, 2 or 5 times a power of ten apart. */
export function histogram(activities: Float32Array): Histogram {
  const measured = activities.filter((value) => !Number.isNaN(value))
  if (measured.length === 0) return { edges: [0, 1], counts: [0] }
  const lowest = measured.reduce((least, value) => Math.min(least, value), Infinity)
  const highest = measured.reduce((most, value) => Math.max(most, value), -Infinity)
  const width = roundWidth((highest - lowest) / ABOUT_BINS)
  const first = Math.floor(lowest / width)
  const bins = Math.floor(highest / width) - first + 1
  const counts = new Array<number>(bins).fill(0)
  for (const value of measured) counts[Math.min(bins - 1, Math.max(0, Math.floor(value / width) - first))]!++
  return { edges: Array.from({ length: bins + 1 }, (_, i) => Number(((first + i) * width).toPrecision(12))), counts }
}

/** The next width of 1, 2 or 5 times a power of ten at or above one; 1 for none. */
export function roundWidth(width: number): number {
  if (width === 0) return 1
  const power = 10 ** Math.floor(Math.log10(width))
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= width * (1 - 1e-9)) ?? 10
  return factor * power
}
