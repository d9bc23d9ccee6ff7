const INTERVAL = 250

/** Tells how fast training goes, four times a second. Time spent on validation counts for the time left. */
export class Rate {
  readonly #began = performance.now()
  readonly #steps: number
  #stepsDone = 0
  #rows = 0
  #intervalBegan = this.#began
  #rowsPerSecond = 0

  /** `steps`: how many are still to be taken. */
  constructor(steps: number) {
    this.#steps = steps
  }

  /** Counts a step of so many rows; true when it is time to tell. */
  count(rows: number): boolean {
    this.#stepsDone++
    this.#rows += rows
    const now = performance.now()
    const elapsed = now - this.#intervalBegan
    if (elapsed < INTERVAL) return false
    this.#rowsPerSecond = (this.#rows / elapsed) * 1000
    this.#rows = 0
    this.#intervalBegan = now
    return true
  }

  now(): { readonly rowsPerSecond: number; readonly secondsLeft: number } {
    const secondsAStep = (performance.now() - this.#began) / 1000 / this.#stepsDone
    return { rowsPerSecond: this.#rowsPerSecond, secondsLeft: secondsAStep * (this.#steps - this.#stepsDone) }
  }
}
