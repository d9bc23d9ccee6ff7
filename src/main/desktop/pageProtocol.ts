import { protocol, type Session } from 'electron'
import { answerPage, type PageService } from '../page/answerPage.ts'
import { securityHeaders } from '../page/securityHeaders.ts'

const SCHEME = 'workbench'
const HOST = 'app'
/** The origin of the page; it has storage, fetch and history like one from a server, and no network. */
export const PAGE_ORIGIN = `${SCHEME}://${HOST}`

/** Must be called before Electron is ready. */
export function registerPageProtocol(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
  ])
}

/** Whether an address is the page's own. */
export function isPageAddress(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === `${SCHEME}:` && url.host === HOST
}

/** Serves the page, and takes its uploads, within one session of Electron. */
export function handlePageProtocol(session: Session, service: PageService): void {
  session.protocol.handle(SCHEME, async (request) => {
    if (!isPageAddress(request.url)) return new Response(null, { status: 404, headers: securityHeaders })
    return answerPage(request, service)
  })
}
