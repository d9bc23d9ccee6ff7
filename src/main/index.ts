import { app } from 'electron'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { registerPageProtocol } from './desktop/pageProtocol.ts'
import { refuseToStart, runDesktop } from './desktop/runDesktop.ts'
import { engineEntry } from './engine/forkEngine.ts'
import { defaultWorkspace } from './files/defaultWorkspace.ts'

/** Electron's entry. Everything it does is in desktop/. */
const { workspace } = parseArgs({ args: process.argv.slice(1), options: { workspace: { type: 'string' } }, strict: false }).values
const built = join(import.meta.dirname, '..')

registerPageProtocol()
if (app.requestSingleInstanceLock()) {
  app
    .whenReady()
    .then(() =>
      runDesktop({
        folder: typeof workspace === 'string' ? workspace : defaultWorkspace(),
        page: join(built, 'renderer'),
        preload: join(built, 'preload', 'index.cjs'),
        engine: engineEntry(import.meta.url),
      }),
    )
    .catch(refuseToStart)
} else {
  app.quit()
}
