/** The next of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 × 10ⁿ at or above a positive number, so that an axis ends on a round one. */
export function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= value)!
}
