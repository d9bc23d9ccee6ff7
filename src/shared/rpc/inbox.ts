/** Keeps what arrives until someone listens, and tells once of the end: the part that every channel has in common. */
export class Inbox {
  #receiver: ((message: Uint8Array) => void) | undefined
  #ended = false
  readonly #waiting: Uint8Array[] = []
  readonly #endListeners: (() => void)[] = []

  get ended(): boolean {
    return this.#ended
  }

  deliver(message: Uint8Array): void {
    if (this.#ended) return
    if (this.#receiver) this.#receiver(message)
    else this.#waiting.push(message)
  }

  receive(receiver: (message: Uint8Array) => void): void {
    this.#receiver = receiver
    for (const message of this.#waiting.splice(0)) receiver(message)
  }

  /** Calls the listener at the end, or soon if the end has come already. */
  onEnd(listener: () => void): void {
    if (this.#ended) queueMicrotask(listener)
    else this.#endListeners.push(listener)
  }

  end(): void {
    if (this.#ended) return
    this.#ended = true
    for (const listener of this.#endListeners.splice(0)) listener()
  }
}
