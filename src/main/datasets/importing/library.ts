/** A sequence as it stands in a file. */
export interface LibrarySequence {
  readonly sequence: string
  readonly codes: Uint8Array
  readonly file: string
  readonly line: number
}

/** A place in a file that a finding points to, with a value or a reason where there is one. */
export interface Place {
  readonly name: string
  readonly file?: string | undefined
  readonly line?: number | undefined
  readonly detail?: string | undefined
}

/** The names of one import, numbered as they come, and the sequences that some of them have. */
export class Library {
  readonly names: string[] = []
  /** By the number of the name. */
  readonly sequences: (LibrarySequence | undefined)[] = []
  /** Names that came again with the same sequence, where a name should come once. */
  readonly repeated: Place[] = []
  /** Names that came again with another sequence, the first place included, by number. */
  readonly conflicts = new Map<number, Place[]>()
  /** Records that are not DNA. `detail` says why. */
  readonly notDna: Place[] = []
  /** Regions that are not on a chromosome of the genome. `detail` says why. */
  readonly outside: Place[] = []
  readonly #numbers = new Map<string, number>()

  /** The number of a name, given to it now where it has none. */
  numberOf(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    // A copy of its own: as a slice of a chunk it would keep the whole chunk in memory.
    const own = Buffer.from(name).toString()
    const number = this.names.push(own) - 1
    this.sequences.push(undefined)
    this.#numbers.set(own, number)
    return number
  }

  /** @returns whether the name had a sequence before: the same, or another, which is a conflict */
  addSequence(number: number, entry: LibrarySequence): 'first' | 'same' | 'other' {
    const known = this.sequences[number]
    if (known === undefined) {
      this.sequences[number] = entry
      return 'first'
    }
    if (sameBases(known.codes, entry.codes)) return 'same'
    const places = this.conflicts.get(number)
    if (places) places.push(this.placeOf(number, entry))
    else this.conflicts.set(number, [this.placeOf(number, known), this.placeOf(number, entry)])
    return 'other'
  }

  /** Whether a name has one sequence. */
  hasSequence(number: number): boolean {
    return this.sequences[number] !== undefined && !this.conflicts.has(number)
  }

  placeOf(number: number, at: Pick<LibrarySequence, 'file' | 'line'> | undefined = this.sequences[number], detail?: string): Place {
    return { name: this.names[number]!, file: at?.file, line: at?.line, detail }
  }
}

function sameBases(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
