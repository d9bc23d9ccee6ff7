/** A stream of random numbers that a seed fixes for all machines and engines. */
export interface Random {
  /** Uniform on [0, 1), with 53 random bits. */
  uniform(): number
  /** Standard normal (Box–Muller). */
  normal(): number
  /** Uniform integer in [0, below). */
  integer(below: number): number
  /** Uniform integer in [0, 2³²): for whoever draws by the million. */
  bits(): number
}

/**
 * xoshiro128** (Blackman & Vigna 2021, doi 10.1145/3460772) seeded by SplitMix32 from any number of integers, so that
 * `random(seed, epoch)` is a stream of its own for each epoch.
 */
export function random(...seeds: readonly number[]): Random {
  let mixed = 0x9e3779b9
  const splitMix = () => {
    mixed = (mixed + 0x9e3779b9) | 0
    let z = mixed
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return (z ^ (z >>> 15)) >>> 0
  }
  for (const seed of seeds) {
    mixed = (mixed ^ (seed | 0)) | 0
    mixed = (splitMix() ^ Math.floor(seed / 2 ** 32)) | 0
  }
  let a = splitMix()
  let b = splitMix()
  let c = splitMix()
  let d = splitMix()
  const bits = () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = rotate(d, 11)
    return result
  }
  const uniform = () => ((bits() >>> 5) * 2 ** 26 + (bits() >>> 6)) / 2 ** 53
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    integer: (below) => Math.floor(uniform() * below),
    bits,
  }
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by))
}

/** Shuffles in place (Fisher–Yates) and returns the same array. */
export function shuffle<T extends Int32Array | unknown[]>(items: T, source: Random): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = source.integer(i + 1)
    const held = items[i]
    items[i] = items[j]
    items[j] = held
  }
  return items
}
