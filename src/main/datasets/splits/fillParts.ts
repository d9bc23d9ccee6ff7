/**
 * Hands out units of different sizes to parts, each to the part that is then furthest behind its share of all that has been
 * handed out. The same instance goes on from stratum to stratum, so that errors even out instead of adding up.
 */
export class PartFiller {
  readonly #shares: readonly number[]
  readonly #sizes: number[]
  #total = 0

  /** @param room elements that each part is to have, or numbers in the same proportions */
  constructor(room: readonly number[]) {
    const all = room.reduce((sum, size) => sum + size, 0)
    this.#shares = room.map((size) => size / all)
    this.#sizes = room.map(() => 0)
  }

  /** The part, by its index, for a unit of that many elements. */
  next(size: number): number {
    this.#total += size
    const behind = this.#shares.map((share, part) => share * this.#total - this.#sizes[part]!)
    const part = behind.indexOf(Math.max(...behind))
    this.#sizes[part]! += size
    return part
  }
}
