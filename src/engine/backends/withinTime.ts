/** Waits for a promise, but not longer than `limit` milliseconds: then `late` answers, or throws, in its place. */
export async function withinTime<T>(promise: Promise<T>, limit: number, late: () => T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const overdue = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), limit)))
  try {
    const first = await Promise.race([promise.then((value) => ({ value })), overdue])
    return first === 'late' ? await late() : first.value
  } finally {
    clearTimeout(timer)
  }
}
