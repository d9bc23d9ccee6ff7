import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Wrong tokens in a minute after which none is looked at until the minute is over. */
const WRONG_TOKENS_A_MINUTE = 10
/** Pages that may have a session at once; the oldest is forgotten first. */
const MOST_SESSIONS = 1000
const MINUTE = 60_000

/** The answer to a token: a cookie's value, or why there is none. */
export type Exchange =
  { readonly kind: 'session'; readonly id: string } | { readonly kind: 'wrong' } | { readonly kind: 'wait'; readonly seconds: number }

/** Who may talk to this server: whoever has shown the token from its printed address. Nothing outlives the process. */
export interface Sessions {
  /** 256 random bits, base64url. */
  readonly token: string
  /** Exchanges the token for a session; the token stays good, so that a second tab can open the same address. */
  exchange(token: unknown): Exchange
  has(id: string | undefined): boolean
}

/** @param now milliseconds on any clock that only goes forward */
export function openSessions(now: () => number): Sessions {
  const token = randomBytes(32).toString('base64url')
  // Digests are compared, not the secrets: equal lengths for timingSafeEqual, and a lookup's time tells nothing of an id.
  const tokenDigest = digest(token)
  const sessions = new Set<string>()
  let wrong = { since: -MINUTE, count: 0 }
  return {
    token,
    exchange: (candidate) => {
      const at = now()
      if (at - wrong.since >= MINUTE) wrong = { since: at, count: 0 }
      if (wrong.count >= WRONG_TOKENS_A_MINUTE) return { kind: 'wait', seconds: Math.ceil((wrong.since + MINUTE - at) / 1000) }
      if (typeof candidate !== 'string' || !timingSafeEqual(digest(candidate), tokenDigest)) {
        wrong.count++
        return { kind: 'wrong' }
      }
      const id = randomBytes(32).toString('base64url')
      sessions.add(digest(id).toString('base64'))
      const [oldest] = sessions
      if (sessions.size > MOST_SESSIONS && oldest !== undefined) sessions.delete(oldest)
      return { kind: 'session', id }
    },
    has: (id) => id !== undefined && sessions.has(digest(id).toString('base64')),
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
