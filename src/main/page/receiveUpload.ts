import { UploadFull, UploadTooLarge, type Uploads } from '../files/uploads.ts'
import { securityHeaders } from './securityHeaders.ts'

/** Answers `POST /uploads`: the raw file as the body, its name in `X-File-Name`, percent-encoded. */
export async function receiveUpload(
  request: Request,
  uploads: Uploads,
  onFault: (fault: unknown, during: string) => void,
): Promise<Response> {
  const name = fileName(request.headers.get('X-File-Name'))
  if (name === null) return json(400, { message: 'The upload came without the name of its file.' })
  try {
    const size = request.headers.get('Content-Length')
    return json(200, { upload: await uploads.receive(request.body ?? [], { name, size: size === null ? null : Number(size) }) })
  } catch (fault) {
    if (fault instanceof UploadTooLarge) return json(413, { message: fault.message })
    if (fault instanceof UploadFull) return json(507, { message: fault.message })
    if (!request.signal.aborted) onFault(fault, 'an upload')
    return json(500, {
      message: `${name} could not be saved in the workspace. Nothing of it was kept; choose the file again. The log has the details.`,
    })
  }
}

function json(status: number, value: unknown): Response {
  return Response.json(value, { status, headers: { ...securityHeaders, 'Cache-Control': 'no-store' } })
}

function fileName(header: string | null): string | null {
  try {
    return decodeURIComponent(header ?? '') || null
  } catch {
    return null
  }
}
