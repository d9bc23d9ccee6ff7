import { app } from 'electron'

/** Holds the app's end back until the core has closed, so that a run in progress keeps its checkpoint. */
export function closeBeforeQuit(close: () => Promise<void>, onFault: (fault: unknown) => void): void {
  let state: 'open' | 'closing' | 'closed' = 'open'
  app.on('before-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    void close()
      .catch(onFault)
      .finally(() => {
        state = 'closed'
        app.quit()
      })
  })
}
