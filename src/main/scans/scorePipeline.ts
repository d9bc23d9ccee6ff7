/** Chunks that may be scored or wait to be scored: on a busy machine neither side then waits for the other's turn. */
const CHUNKS_AHEAD = 6

export interface ScoredChunk<Chunk, Scores> {
  readonly chunk: Chunk
  readonly scores: Scores
}

type Step<Chunk, Scores> =
  { readonly read: IteratorResult<Chunk> } | { readonly unreadable: unknown } | { readonly scored: ScoredChunk<Chunk, Scores> }

/**
 * Chunks with their scores, in their order. While some are being scored, those before are the caller's to keep and the next are
 * read. Where the chunks end in an error, those before it are still scored and given; whichever way it ends, nothing is being scored
 * any more when it has.
 *
 * @throws what `chunks` or `score` throws
 */
export async function* scorePipeline<Chunk, Scores>(
  chunks: AsyncIterable<Chunk>,
  score: (chunk: Chunk) => Promise<Scores>,
): AsyncGenerator<ScoredChunk<Chunk, Scores>> {
  const source = chunks[Symbol.asyncIterator]()
  const ahead: Promise<Step<Chunk, Scores>>[] = []
  const read = (): Promise<Step<Chunk, Scores>> =>
    source.next().then(
      (result) => ({ read: result }),
      (fault: unknown) => ({ unreadable: fault }),
    )
  let reading: Promise<Step<Chunk, Scores>> | undefined = read()
  let end: { readonly fault: unknown } | undefined
  try {
    while (reading || ahead.length > 0) {
      const step: Step<Chunk, Scores> = await Promise.race([
        ...ahead.slice(0, 1),
        ...(reading && ahead.length < CHUNKS_AHEAD ? [reading] : []),
      ])
      if ('scored' in step) {
        void ahead.shift()
        yield step.scored
      } else if ('read' in step && !step.read.done) {
        const chunk = step.read.value
        const scored = score(chunk).then((scores) => ({ scored: { chunk, scores } }))
        // Awaited before long; until then it is nobody's unhandled rejection.
        scored.catch(() => {})
        ahead.push(scored)
        reading = read()
      } else {
        if ('unreadable' in step) end = { fault: step.unreadable }
        reading = undefined
      }
    }
    if (end) throw end.fault
  } finally {
    await Promise.allSettled(ahead)
    await source.return?.()
  }
}
