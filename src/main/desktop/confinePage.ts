import { dialog, shell, type BrowserWindow, type Session } from 'electron'
import { isPageAddress } from './pageProtocol.ts'

/** Schemes that reach the network. */
const NETWORK = ['http', 'https', 'ws', 'wss'].map((scheme) => `${scheme}://*/*`)

/** Keeps a session's pages off the network and from every permission: the workbench needs none. */
export function confineSession(session: Session): void {
  session.webRequest.onBeforeRequest({ urls: NETWORK }, (_details, decide) => decide({ cancel: true }))
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(isAllowed(permission)))
  session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission))
  session.setDevicePermissionHandler(() => false)
}

/** Copying a table is the one thing asked for that the system guards. */
function isAllowed(permission: string): boolean {
  return permission === 'clipboard-sanitized-write'
}

/** Keeps a window on the page: it goes nowhere else, opens no other window, and takes in no web view. */
export function confineWindow(window: BrowserWindow): void {
  const { webContents } = window
  const stay = (event: { readonly url: string; preventDefault(): void }) => {
    if (!isPageAddress(event.url)) event.preventDefault()
  }
  webContents.on('will-navigate', stay)
  webContents.on('will-frame-navigate', stay)
  webContents.on('will-redirect', stay)
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  webContents.setWindowOpenHandler(({ url }) => {
    void offerLink(window, url)
    return { action: 'deny' }
  })
}

/** A link to the web is opened in the user's browser, and only once the user has said so: the workbench itself stays offline. */
async function offerLink(window: BrowserWindow, address: string): Promise<void> {
  const url = URL.parse(address)
  if (url?.protocol !== 'https:') return
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `Open ${url.host} in your browser?`,
    detail: url.href,
    buttons: ['Open', 'Stay here'],
    defaultId: 0,
    cancelId: 1,
  })
  if (response === 0) await shell.openExternal(url.href)
}
