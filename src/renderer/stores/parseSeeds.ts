const MOST = 100
const LARGEST = 2_147_483_647

/** Seeds from a text such as `1, 2, 5-8`, or what is wrong with it. */
export function parseSeeds(text: string): { readonly seeds: readonly number[] } | { readonly problem: string } {
  const seeds: number[] = []
  for (const part of text.split(/[\s,;]+/).filter(Boolean)) {
    const match = /^(\d+)(?:[-–](\d+))?$/.exec(part)
    if (!match) return { problem: `“${part}” is not a whole number.` }
    const from = Number(match[1])
    const to = Number(match[2] ?? match[1])
    if (to > LARGEST) return { problem: `“${part}” is too large: seeds go up to ${LARGEST}.` }
    if (to < from) return { problem: `“${part}” runs backwards.` }
    if (to - from >= MOST) return { problem: `At most ${MOST} seeds.` }
    for (let seed = from; seed <= to; seed++) if (!seeds.includes(seed)) seeds.push(seed)
  }
  if (!seeds.length) return { problem: 'At least one seed.' }
  if (seeds.length > MOST) return { problem: `At most ${MOST} seeds.` }
  return { seeds }
}
