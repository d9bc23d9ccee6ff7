/** Something that is open until it is closed, which waits for all that hung on it. */
export interface Held<T> {
  readonly value: T
  close(): Promise<void>
}

/** Keeps open what is lent for the length of a callback, for a reader that outlasts the call. @throws what `lend` throws before it lends */
export async function holdOpen<T>(lend: (use: (value: T) => Promise<void>) => Promise<void>): Promise<Held<T>> {
  const opened = Promise.withResolvers<T>()
  const over = Promise.withResolvers<void>()
  const lent = lend((value) => {
    opened.resolve(value)
    return over.promise
  })
  lent.catch(opened.reject)
  const value = await opened.promise
  return {
    value,
    close: async () => {
      over.resolve()
      await lent
    },
  }
}
