import type { Breathe } from '../../datasets/breathe.ts'

const PIECE_BYTES = 1 << 20

/** A file that is written piece by piece, so that a long one neither is one long text nor holds up the core. */
export class ExportedFile {
  readonly #breathe: Breathe
  readonly #pieces: Uint8Array[] = []
  #waiting: string[] = []
  #letters = 0

  constructor(breathe: Breathe) {
    this.#breathe = breathe
  }

  /** Adds text, as UTF-8. */
  write(text: string): Promise<void> | undefined {
    this.#waiting.push(text)
    this.#letters += text.length
    if (this.#letters < PIECE_BYTES) return undefined
    this.#encode()
    return this.#breathe()
  }

  bytes(): Uint8Array {
    this.#encode()
    return joined(this.#pieces)
  }

  #encode(): void {
    if (this.#letters > 0) this.#pieces.push(new TextEncoder().encode(this.#waiting.join('')))
    this.#waiting = []
    this.#letters = 0
  }
}

/** Pieces one after the other, as plain bytes: a Buffer would write itself into a message as JSON. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.byteLength
  }
  return bytes
}
