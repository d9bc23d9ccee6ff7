import type { Ink } from './ink.ts'

/** From few to many: one blue, lighter to darker on paper and darker to lighter on a dark ground. */
const stops = {
  light: ['#d6e6f2', '#4f9bcb', '#08306b'],
  dark: ['#243c4f', '#3f8fc4', '#e3f3ff'],
}

/** The colour of a count, by its logarithm between 1 and the most. */
export function densityColour(count: number, most: number, ink: Ink): string {
  const share = most <= 1 ? 1 : Math.log(count) / Math.log(most)
  const scale = ink.dark ? stops.dark : stops.light
  const at = Math.min(1, Math.max(0, share)) * (scale.length - 1)
  const low = Math.min(scale.length - 2, Math.floor(at))
  const channels = [1, 3, 5].map((from) => {
    const [a, b] = [low, low + 1].map((stop) => parseInt(scale[stop]!.slice(from, from + 2), 16)) as [number, number]
    return Math.round(a + (b - a) * (at - low))
  })
  return `rgb(${channels.join(',')})`
}
