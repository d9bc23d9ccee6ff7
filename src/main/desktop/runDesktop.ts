import { app, BrowserWindow, dialog, session } from 'electron'
import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import { openPageCore } from '../page/openPageCore.ts'
import { closeBeforeQuit } from './closeBeforeQuit.ts'
import { confineSession } from './confinePage.ts'
import { connectPages } from './connectPages.ts'
import { setMenu } from './menu.ts'
import { openWindow } from './openWindow.ts'
import { handlePageProtocol } from './pageProtocol.ts'
import { utilityEngine } from './utilityEngine.ts'

export interface DesktopOptions {
  /** The workspace. */
  readonly folder: string
  /** The built page's folder, the built preload and the engine's entry. */
  readonly page: string
  readonly preload: string
  readonly engine: string
}

/** Opens the workspace and, on it, the app's one window. Electron must be ready. */
export async function runDesktop({ folder, page, preload, engine }: DesktopOptions): Promise<void> {
  const core = await openPageCore({ folder, page, engineStarter: (log) => utilityEngine(engine, log) })
  closeBeforeQuit(core.close, (fault) => core.onFault(fault, 'closing the workbench'))

  const pages = session.defaultSession
  confineSession(pages)
  handlePageProtocol(pages, core)
  connectPages(core.attach)
  setMenu(process.platform)

  let window = openWindow(pages, preload)
  const show = () => {
    if (window.isDestroyed()) window = openWindow(pages, preload)
    else if (window.isMinimized()) window.restore()
    window.focus()
  }
  app.on('second-instance', show)
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) show()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
}

/** Says why the app could not start, and ends it. */
export function refuseToStart(fault: unknown): void {
  const hint = fault instanceof WorkbenchError ? fault.details.hint : undefined
  dialog.showErrorBox('Enhancer Workbench could not start', [messageOf(fault), hint].filter(Boolean).join('\n\n'))
  app.exit(1)
}
