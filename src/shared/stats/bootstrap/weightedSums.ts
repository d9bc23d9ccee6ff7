import { drawGroups } from './resamples.ts'

/** Groups that are worked on at a time, so that what is read again and again stays in the processor's nearest memory. */
const GROUPS = 512
/** Resamples, and columns, that are summed at once: sixteen sums fit into registers. */
const TILE = 4
/** Resamples whose counts are held at once. */
const RESAMPLES = 256

/**
 * Sums of columns over the rows of resamples: a product of the counts, [resamples, groups], and the columns' sums by group, a tile of
 * four by four at a time.
 *
 * @param columns [groups] each
 * @param receive a resample's number, from `from` on, and its sums, which are overwritten by the next
 */
export function weightedSums(
  columns: readonly Float64Array[],
  { seed, from, to }: { readonly seed: number; readonly from: number; readonly to: number },
  receive: (resample: number, sums: Float64Array) => void,
): void {
  const groups = columns[0]?.length ?? 0
  const panels = inPanels(columns, groups)
  const width = panels.length * TILE
  const sums = new Float64Array(RESAMPLES * width)
  const drawn = new Uint8Array(groups)
  for (let first = from; first < to; first += RESAMPLES) {
    const resamples = Math.min(RESAMPLES, to - first)
    const tiles = Math.ceil(resamples / TILE)
    // [tile, group, resample of the tile]
    const counts = new Uint8Array(tiles * groups * TILE)
    for (let r = 0; r < resamples; r++) {
      drawGroups(drawn, seed, first + r)
      const start = Math.floor(r / TILE) * groups * TILE + (r % TILE)
      for (let g = 0; g < groups; g++) counts[start + g * TILE] = drawn[g]!
    }
    sums.fill(0)
    for (let start = 0; start < groups; start += GROUPS) {
      const length = Math.min(GROUPS, groups - start)
      for (let p = 0; p < panels.length; p++)
        for (let tile = 0; tile < tiles; tile++)
          addTile(counts, (tile * groups + start) * TILE, panels[p]!, start * TILE, length, sums, tile * TILE * width + p * TILE, width)
    }
    for (let r = 0; r < resamples; r++) receive(first + r, sums.subarray(r * width, (r + 1) * width))
  }
}

/** Columns, four to a panel, [group, column of the panel]; the last filled up with zeros. */
function inPanels(columns: readonly Float64Array[], groups: number): Float64Array[] {
  return Array.from({ length: Math.ceil(columns.length / TILE) }, (_, p) => {
    const panel = new Float64Array(groups * TILE)
    columns.slice(p * TILE, (p + 1) * TILE).forEach((column, c) => column.forEach((value, g) => (panel[g * TILE + c] = value)))
    return panel
  })
}

/** Adds the sums of four columns in four resamples over some groups. */
function addTile(
  counts: Uint8Array,
  count: number,
  panel: Float64Array,
  value: number,
  groups: number,
  sums: Float64Array,
  sum: number,
  width: number,
): void {
  let s00 = 0
  let s01 = 0
  let s02 = 0
  let s03 = 0
  let s10 = 0
  let s11 = 0
  let s12 = 0
  let s13 = 0
  let s20 = 0
  let s21 = 0
  let s22 = 0
  let s23 = 0
  let s30 = 0
  let s31 = 0
  let s32 = 0
  let s33 = 0
  for (let g = 0; g < groups; g++, count += TILE, value += TILE) {
    const w0 = counts[count]!
    const w1 = counts[count + 1]!
    const w2 = counts[count + 2]!
    const w3 = counts[count + 3]!
    const x0 = panel[value]!
    const x1 = panel[value + 1]!
    const x2 = panel[value + 2]!
    const x3 = panel[value + 3]!
    s00 += w0 * x0
    s01 += w0 * x1
    s02 += w0 * x2
    s03 += w0 * x3
    s10 += w1 * x0
    s11 += w1 * x1
    s12 += w1 * x2
    s13 += w1 * x3
    s20 += w2 * x0
    s21 += w2 * x1
    s22 += w2 * x2
    s23 += w2 * x3
    s30 += w3 * x0
    s31 += w3 * x1
    s32 += w3 * x2
    s33 += w3 * x3
  }
  const add = (row: number, a: number, b: number, c: number, d: number) => {
    const at = sum + row * width
    sums[at]! += a
    sums[at + 1]! += b
    sums[at + 2]! += c
    sums[at + 3]! += d
  }
  add(0, s00, s01, s02, s03)
  add(1, s10, s11, s12, s13)
  add(2, s20, s21, s22, s23)
  add(3, s30, s31, s32, s33)
}
