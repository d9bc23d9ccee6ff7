import { BrowserWindow, nativeTheme, type Session } from 'electron'
import { confineWindow } from './confinePage.ts'
import { PAGE_ORIGIN } from './pageProtocol.ts'

/**
 * Opens a window on the page, as locked up as one can be.
 *
 * @param preload the built preload's path
 */
export function openWindow(session: Session, preload: string): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Enhancer Workbench',
    width: 1280,
    height: 860,
    minWidth: 720,
    minHeight: 480,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#121212' : '#ffffff',
    webPreferences: {
      session,
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Chromium would fetch its dictionaries from the network.
      spellcheck: false,
    },
  })
  confineWindow(window)
  window.once('ready-to-show', () => window.show())
  void window.loadURL(`${PAGE_ORIGIN}/`)
  return window
}
