import type { Uploads } from '../files/uploads.ts'
import type { PageFiles } from './pageFiles.ts'
import { receiveUpload } from './receiveUpload.ts'
import { securityHeaders } from './securityHeaders.ts'

/** What the page is served from, whichever face it has. */
export interface PageService {
  readonly files: PageFiles
  readonly uploads: Uploads
  /** Told of failures that are not the user's to mend. */
  readonly onFault: (fault: unknown, during: string) => void
}

/** What the page may fetch, alike in both faces: its own files, and `POST /uploads`. */
export async function answerPage(request: Request, { files, uploads, onFault }: PageService): Promise<Response> {
  if (new URL(request.url).pathname === '/uploads') {
    return request.method === 'POST' ? receiveUpload(request, uploads, onFault) : notAllowed('POST')
  }
  return request.method === 'GET' || request.method === 'HEAD' ? files(request) : notAllowed('GET, HEAD')
}

function notAllowed(allow: string): Response {
  return new Response(null, { status: 405, headers: { ...securityHeaders, Allow: allow } })
}
