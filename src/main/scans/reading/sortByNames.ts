/** Shorter runs are compared: no key is worth making for them. */
const FEW = 48
/** Letters of one byte in a half of a key. */
const LETTERS_OF_HALF = 3
/** Bits of a half, of which one letter of two bytes takes 17, and of its digits when keys are sorted. */
const KEY_BITS = 24
const DIGIT_BITS = 8
const DIGIT = (1 << DIGIT_BITS) - 1
/** Shorter runs are compared by their keys. */
const FEW_FOR_DIGITS = 1024

/**
 * Positions in ascending order of their names' code units; equal names stay in their order. What the names of a run have in common is
 * passed over, the next letters are packed into a number of two halves, and the runs of equal numbers are sorted by what comes after: names
 * of a library begin alike, and comparing them pair by pair would read the same letters again and again.
 *
 * @param names by position
 * @param breathe is called between two runs, and between the steps of a long one
 */
export async function sortByNames(
  positions: Int32Array,
  names: readonly string[],
  breathe: () => Promise<void> | undefined,
): Promise<Int32Array> {
  const sorted = positions.slice()
  const runs: { from: number; to: number; depth: number }[] = [{ from: 0, to: sorted.length, depth: 0 }]
  for (let run = runs.pop(); run; run = runs.pop()) {
    await breathe()
    const part = sorted.subarray(run.from, run.to)
    if (part.length < FEW) {
      part.sort((a, b) => compare(names[a]!, names[b]!) || a - b)
      continue
    }
    const depth = commonPrefix(part, names, run.depth)
    await breathe()
    const { keys, letters } = keysAt(part, names, depth)
    await sortByKeys(part, keys, breathe)
    for (let start = 0; start < part.length;) {
      let end = start + 1
      while (end < part.length && keys.high[end] === keys.high[start] && keys.low[end] === keys.low[start]) end++
      // A key with its last letter missing is of names that have ended: those are equal.
      if (end - start > 1 && !hasEnded(names[part[start]!]!, depth + letters)) {
        runs.push({ from: run.from + start, to: run.from + end, depth: depth + letters })
      }
      start = end
    }
  }
  return sorted
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function hasEnded(name: string, depth: number): boolean {
  return name.length < depth
}

function commonPrefix(positions: Int32Array, names: readonly string[], from: number): number {
  const first = names[positions[0]!]!
  let common = first.length
  for (const position of positions) {
    const name = names[position]!
    let at = from
    while (at < common && name.charCodeAt(at) === first.charCodeAt(at)) at++
    if ((common = at) === from) break
  }
  return common
}

/** The next letters of names, by the names' places: two halves of a number that sorts as they do. */
interface Keys {
  readonly high: Int32Array
  readonly low: Int32Array
}

/** The next letters of each name as a key; the end of a name stands before all letters. */
function keysAt(positions: Int32Array, names: readonly string[], depth: number): { keys: Keys; letters: number } {
  const keys: Keys = { high: new Int32Array(positions.length), low: new Int32Array(positions.length) }
  const isNarrow = narrowKeys(positions, names, depth, keys)
  if (isNarrow) return { keys, letters: 2 * LETTERS_OF_HALF }
  for (let i = 0; i < positions.length; i++) {
    const name = names[positions[i]!]!
    keys.high[i] = codeAt(name, depth)
    keys.low[i] = codeAt(name, depth + 1)
  }
  return { keys, letters: 2 }
}

/** Makes keys of six letters that are all below 255, so that one more fits a byte. @returns false where one is not */
function narrowKeys(positions: Int32Array, names: readonly string[], depth: number, { high, low }: Keys): boolean {
  let all = 0
  for (let i = 0; i < positions.length; i++) {
    const name = names[positions[i]!]!
    const [a, b, c] = [codeAt(name, depth), codeAt(name, depth + 1), codeAt(name, depth + 2)]
    const [d, e, f] = [codeAt(name, depth + 3), codeAt(name, depth + 4), codeAt(name, depth + 5)]
    all |= a | b | c | d | e | f
    high[i] = (a << 16) | (b << 8) | c
    low[i] = (d << 16) | (e << 8) | f
  }
  return all < 256
}

/** One more than the code unit at a place, 0 behind the end. */
function codeAt(name: string, at: number): number {
  return at < name.length ? name.charCodeAt(at) + 1 : 0
}

/** Both in the order of the keys, equal ones as they stood. */
async function sortByKeys(positions: Int32Array, keys: Keys, breathe: () => Promise<void> | undefined): Promise<void> {
  if (positions.length < FEW_FOR_DIGITS) {
    const { high, low } = keys
    const order = allPositions(positions.length).sort((a, b) => high[a]! - high[b]! || low[a]! - low[b]!)
    for (const numbers of [positions, high, low]) numbers.set(order.map((i) => numbers[i]!))
    return
  }
  let from = { positions: positions.slice(), high: keys.high.slice(), low: keys.low.slice() }
  let to = { positions: new Int32Array(positions.length), high: new Int32Array(positions.length), low: new Int32Array(positions.length) }
  for (const half of ['low', 'high'] as const) {
    for (let shift = 0; shift < KEY_BITS; shift += DIGIT_BITS) {
      await breathe()
      const digits = from[half]
      const next = new Int32Array(1 << DIGIT_BITS)
      for (let i = 0; i < digits.length; i++) next[(digits[i]! >> shift) & DIGIT]!++
      // A digit that all have in common puts nothing in order.
      if (next[(digits[0]! >> shift) & DIGIT] === digits.length) continue
      let sum = 0
      for (let digit = 0; digit < next.length; digit++) [next[digit], sum] = [sum, sum + next[digit]!]
      for (let i = 0; i < digits.length; i++) {
        const at = next[(digits[i]! >> shift) & DIGIT]!++
        to.positions[at] = from.positions[i]!
        to.high[at] = from.high[i]!
        to.low[at] = from.low[i]!
      }
      ;[from, to] = [to, from]
    }
  }
  positions.set(from.positions)
  keys.high.set(from.high)
  keys.low.set(from.low)
}

/** 0, 1, 2 and so on. */
export function allPositions(count: number): Int32Array {
  return new Int32Array(count).map((_, i) => i)
}

/** What {@link sortByNames} gives the other way round, but equal names as they stood. */
export function descendingNames(sorted: Int32Array, names: readonly string[]): Int32Array {
  const reversed = sorted.slice().reverse()
  for (let start = 0; start < reversed.length;) {
    let end = start + 1
    while (end < reversed.length && names[reversed[end]!] === names[reversed[start]!]) end++
    if (end - start > 1) reversed.subarray(start, end).reverse()
    start = end
  }
  return reversed
}
