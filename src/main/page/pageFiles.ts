import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { contentSecurityPolicy, securityHeaders } from './securityHeaders.ts'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

/** Where the build puts files whose names carry a hash of their content: they never change, and no route lives there. */
const HASHED = '/assets/'
const NONCE_PLACE = /(<meta\s+name="csp-nonce"\s+content=")[^"]*(")/

interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
  readonly etag: string
}

/**
 * Answers GET and HEAD with the built page's files. A path without a file is one of the page's own routes and gets
 * index.html, with a fresh nonce in its policy and its `csp-nonce` meta element.
 */
export type PageFiles = (request: Request) => Response

/**
 * Reads the built page once, so that only what was there is ever served: no path of a request reaches the file system.
 *
 * @param folder the renderer's build, with index.html
 * @throws WorkbenchError `unavailable` where the page was not built
 */
export async function openPageFiles(folder: string): Promise<PageFiles> {
  const files = await readFiles(folder)
  const index = files.get('/index.html')
  if (!index) {
    throw new WorkbenchError('unavailable', 'The page of the workbench is missing: it was not built, or not whole.', {
      hint: 'Run npm start, which builds it.',
    })
  }
  const html = new TextDecoder().decode(index.bytes)
  return (request) => {
    const path = decodePath(new URL(request.url).pathname)
    if (path === null) return new Response(null, { status: 400, headers: securityHeaders })
    const file = files.get(path)
    if (file && file !== index) return answerFile(request, file, path.startsWith(HASHED))
    if (path.startsWith(HASHED)) return new Response(null, { status: 404, headers: securityHeaders })
    return answerIndex(request, html)
  }
}

function answerFile(request: Request, { bytes, type, etag }: PageFile, hashed: boolean): Response {
  const headers = {
    ...securityHeaders,
    'Cache-Control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: etag,
  }
  if (request.headers.get('If-None-Match') === etag) return new Response(null, { status: 304, headers })
  return new Response(request.method === 'HEAD' ? null : bytes, {
    headers: { ...headers, 'Content-Type': type, 'Content-Length': String(bytes.byteLength) },
  })
}

function answerIndex(request: Request, html: string): Response {
  const nonce = randomBytes(16).toString('base64url')
  const body = html.replace(NONCE_PLACE, `$1${nonce}$2`)
  return new Response(request.method === 'HEAD' ? null : body, {
    headers: {
      ...securityHeaders,
      'Content-Security-Policy': contentSecurityPolicy(nonce),
      'Content-Type': types['.html']!,
      // A nonce is good for one load.
      'Cache-Control': 'no-store',
    },
  })
}

async function readFiles(folder: string): Promise<Map<string, PageFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = join(entry.parentPath, entry.name)
        const bytes = new Uint8Array(await readFile(file))
        const type = types[extname(entry.name).toLowerCase()] ?? 'application/octet-stream'
        const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`
        return [`/${relative(folder, file).split(sep).join('/')}`, { bytes, type, etag }] as const
      }),
  )
  return new Map(files)
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}
