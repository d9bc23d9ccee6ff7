import type { FastaRecord } from '../files/readFasta.ts'

/** A sequence that is being cut into windows. */
export interface CutSequence {
  readonly position: number
  /** Set once it turns out not to be scored after all. */
  isDropped: boolean
  /** Its highest scores so far and their spread, by column; whoever puts the scores together sets them. */
  best: { readonly scores: Float32Array; readonly spread: Float32Array | null } | null
}

/** A long sequence under way: the bases that are still needed, and what is known of it so far. */
export class Cutting {
  readonly name: string
  readonly line: number
  readonly cut: CutSequence
  /** What of it is kept already, in a scan that goes on. */
  readonly kept: { readonly windows: number; readonly bases: number }
  /** It was scored before the scan was stopped, and only passes by. */
  readonly isDone: boolean
  next = 0
  /** Of the piece that is being put together. */
  firstWindow: number
  firstBase: number
  total = 0
  gc = 0
  at_ = 0
  /** Whether one of its windows so far has bases enough to be scored. */
  hasClear = false
  #held: Uint8Array = new Uint8Array(0)
  #heldFrom = 0

  constructor({ name, line }: FastaRecord, position: number, kept: { readonly windows: number; readonly bases: number }, isDone: boolean) {
    this.name = name
    this.line = line
    this.cut = { position, isDropped: false, best: null }
    this.kept = kept
    this.isDone = isDone
    this.firstWindow = kept.windows
    this.firstBase = kept.bases
  }

  /** Takes in the bases that follow. */
  arrive(codes: Uint8Array, gc: number, at: number): void {
    this.gc += gc
    this.at_ += at
    this.total += codes.length
    if (this.#held.length === 0) this.#held = codes
    else {
      const joined = new Uint8Array(this.#held.length + codes.length)
      joined.set(this.#held)
      joined.set(codes, this.#held.length)
      this.#held = joined
    }
  }

  /** No letter so far is anything but A, C, G or T. */
  get isAllBases(): boolean {
    return this.gc + this.at_ === this.total
  }

  at(start: number, length: number): Uint8Array {
    return this.#held.subarray(start - this.#heldFrom, start - this.#heldFrom + length)
  }

  /** Lets go of the bases that no further window, nor the piece under way, has need of. */
  forget({ length, stride }: { readonly length: number; readonly stride: number }): void {
    const from = Math.max(this.#heldFrom, Math.min(this.isDone ? Infinity : this.firstBase, this.next * stride, this.total - length))
    this.#held = this.#held.slice(from - this.#heldFrom)
    this.#heldFrom = from
  }
}
