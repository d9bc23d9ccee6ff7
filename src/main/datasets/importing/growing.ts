type Numbers = Float32Array | Float64Array | Int32Array | Uint8Array | Uint16Array

/** The same numbers with room for the index `at`, at least half as much again; `fill` stands in the new places. */
export function grown<T extends Numbers>(numbers: T, at: number, fill: number): T {
  if (at < numbers.length) return numbers
  const Constructor = numbers.constructor as new (length: number) => T
  const larger = new Constructor(Math.max(at + 1, Math.ceil(numbers.length * 1.5), 1024))
  larger.set(numbers)
  if (fill !== 0) larger.fill(fill, numbers.length)
  return larger
}

/** Rows of a file that something is to be said of: which name, which file, which line. Twelve bytes each, however many there are. */
export class RowList {
  #numbers = new Int32Array(0)
  #files = new Int32Array(0)
  #lines = new Int32Array(0)
  length = 0

  add(number: number, file: number, line: number): void {
    this.#numbers = grown(this.#numbers, this.length, 0)
    this.#files = grown(this.#files, this.length, 0)
    this.#lines = grown(this.#lines, this.length, 0)
    this.#numbers[this.length] = number
    this.#files[this.length] = file
    this.#lines[this.length++] = line
  }

  *[Symbol.iterator](): Generator<{ readonly number: number; readonly file: number; readonly line: number }> {
    for (let i = 0; i < this.length; i++) yield { number: this.#numbers[i]!, file: this.#files[i]!, line: this.#lines[i]! }
  }
}
