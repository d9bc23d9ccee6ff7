/** Sources that are remembered; those that were counted last. */
const MOST = 100

/** How many records sources have that were looked through, by their fingerprints: a scan then can tell from its start how much is left. */
export class RecordCounts {
  readonly #counts = new Map<string, number>()

  /** @param fingerprint empty where the source cannot be known again */
  keep(fingerprint: string, records: number): void {
    if (fingerprint === '') return
    this.#counts.delete(fingerprint)
    this.#counts.set(fingerprint, records)
    if (this.#counts.size > MOST) this.#counts.delete(this.#counts.keys().next().value!)
  }

  /** Null where nobody has counted them. */
  of(fingerprint: string): number | null {
    return this.#counts.get(fingerprint) ?? null
  }
}
