import { WorkbenchError } from '../../shared/domain/errors.ts'

/** A named sequence as it stands in a file. */
export interface LibrarySequence {
  readonly name: string
  readonly sequence: string
  readonly codes: Uint8Array
  readonly line: number
}

/** A place in a file that a note points to. */
export interface Example {
  readonly name: string
  readonly file: string
  readonly line: number
}

/**
 * The sequences of one import, each name once, numbered as they come. Names of activities without a sequence are numbered
 * after them, once the sequences are complete.
 */
export class Library {
  readonly file: string
  readonly sequences: LibrarySequence[] = []
  /** Names that came again with the same sequence. */
  readonly repeatedNames: Example[] = []
  readonly #numbers = new Map<string, number>()
  readonly #unmatched: string[] = []

  constructor(file: string) {
    this.file = file
  }

  /** The sequence's number. @throws WorkbenchError where the name stands for another sequence already. */
  add(entry: LibrarySequence): number {
    const known = this.#numbers.get(entry.name)
    if (known === undefined) {
      const number = this.sequences.push(entry) - 1
      this.#numbers.set(entry.name, number)
      return number
    }
    const first = this.sequences[known]!
    if (!sameBases(first.codes, entry.codes)) {
      throw new WorkbenchError(
        'invalid-input',
        `${this.file}, line ${entry.line}: the name ${entry.name} stood before, at line ${first.line}, with another sequence.`,
        { file: this.file, line: entry.line, hint: 'Give each sequence a name of its own, and choose the file again.' },
      )
    }
    this.repeatedNames.push({ name: entry.name, file: this.file, line: entry.line })
    return known
  }

  /** The number of a name, given to it now where it has no sequence. */
  numberOf(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    // A copy of its own: as a slice of a chunk it would keep the whole chunk in memory.
    const own = Buffer.from(name).toString()
    const number = this.sequences.length + this.#unmatched.push(own) - 1
    this.#numbers.set(own, number)
    return number
  }

  isMatched(number: number): boolean {
    return number < this.sequences.length
  }

  nameOf(number: number): string {
    return this.sequences[number]?.name ?? this.#unmatched[number - this.sequences.length]!
  }

  /** How many numbers there are: sequences, then names without one. */
  get size(): number {
    return this.sequences.length + this.#unmatched.length
  }
}

function sameBases(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((code, i) => code === b[i])
}
