import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { connect } from '../../../../src/shared/rpc/client.ts'
import { webSocketChannel } from '../../../../src/shared/rpc/webSocketChannel.ts'
import { serveBrowser } from '../../../../src/main/browser/serveBrowser.ts'
import { openUploads } from '../../../../src/main/files/uploads.ts'
import { attachPage } from '../../../../src/main/page/attachPage.ts'
import { openPageFiles } from '../../../../src/main/page/pageFiles.ts'
import { builtPage } from '../page/builtPage.ts'
import { smallContract, smallCore } from '../page/smallContract.ts'
import { temporaryFolder } from '../temporaryFolder.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** The real server on a free port, with a client that can lie about every header. */
export async function testServer({ uploadLimit = 1000, now = () => 0 }: { uploadLimit?: number; now?: () => number } = {}) {
  const uploadsFolder = join(temporaryFolder(), 'uploads')
  const core = smallCore()
  const faults: unknown[] = []
  const onFault = (fault: unknown) => void faults.push(fault)
  const service = await serveBrowser({
    files: await openPageFiles(await builtPage()),
    uploads: await openUploads(uploadsFolder, () => uploadLimit),
    onFault,
    port: 0,
    now,
    attach: (channel) => attachPage(smallContract, core, channel, onFault),
  })
  onTestFinished(() => service.close())
  const origin = `http://127.0.0.1:${service.port}`
  const token = new URL(service.address).hash.replace('#token=', '')

  const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: string | Buffer | Readable) =>
    new Promise<Answer>((resolve, reject) => {
      const request = httpRequest({ host: '127.0.0.1', port: service.port, method, path, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({ status: response.statusCode!, headers: response.headers, text: Buffer.concat(chunks).toString() }),
        )
      })
      request.on('error', reject)
      if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) request.end(body)
      else body.pipe(request)
    })
  const askForSession = (value: unknown, headers: Record<string, string> = { Origin: origin }) =>
    ask('POST', '/session', { 'Content-Type': 'application/json', ...headers }, JSON.stringify(value))
  /** What a browser would send in Cookie after the exchange. */
  const signIn = async () => (await askForSession({ token })).headers['set-cookie']![0]!.split(';')[0]!
  const openSocket = (headers: Record<string, string>) => new WebSocket(`ws://127.0.0.1:${service.port}/channel`, { headers })
  const connectPage = async () => connect(smallContract, webSocketChannel(openSocket({ Origin: origin, Cookie: await signIn() })))
  return { ...service, origin, token, core, faults, uploadsFolder, ask, askForSession, signIn, openSocket, connectPage }
}

/** The status with which a WebSocket is turned away; fails where it is let in. */
export function refusalOf(socket: WebSocket): Promise<number> {
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (request, response) => {
      resolve(response.statusCode!)
      request.destroy()
    })
    socket.on('open', () => reject(new Error('the socket was let in')))
    socket.on('error', reject)
  })
}
