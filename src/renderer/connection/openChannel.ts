import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { messagePortChannel } from '../../shared/rpc/messagePortChannel.ts'
import { CONNECT_PAGE, PAGE_PORT } from '../../shared/rpc/pagePort.ts'
import { webSocketChannel, type Socket } from '../../shared/rpc/webSocketChannel.ts'
import { takeToken } from './takeToken.ts'

const TOO_MANY = 429

/**
 * Opens a channel to the workbench, whichever face this page is: a MessagePort in the desktop window, a WebSocket in a
 * browser. Throws `not-found` where this browser has not been let in, `unavailable` where nobody answers.
 */
export async function openChannel(): Promise<Channel> {
  return location.protocol === 'workbench:' ? openPort() : openSocket()
}

/** Takes the token out of the address bar and the history, where somebody could read it. */
export function hideToken(): void {
  history.replaceState(history.state, '', location.pathname + location.search + takeToken(location.hash).rest)
}

function openPort(): Promise<Channel> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent<unknown>) => {
      const data = event.data as { type?: unknown } | null
      const port = event.ports[0]
      if (event.source !== window || data?.type !== PAGE_PORT || !port) return
      window.removeEventListener('message', receive)
      resolve(messagePortChannel(port))
    }
    window.addEventListener('message', receive)
    window.postMessage({ type: CONNECT_PAGE }, location.origin)
  })
}

async function openSocket(): Promise<Channel> {
  const token = takeToken(location.hash)
  if (token.found) {
    const answer = await post('/session', JSON.stringify({ token: token.found }))
    if (answer.status === TOO_MANY) throw unreachable()
    // An old token is no obstacle to a browser that has its cookie, so the channel decides.
    hideToken()
  }
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/channel`)
  socket.binaryType = 'arraybuffer'
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true })
    socket.addEventListener('error', () => reject(unreachable()), { once: true })
  }).catch(async (fault: unknown) => {
    // A browser does not say why a WebSocket was refused; a plain request does.
    throw (await isLockedOut()) ? lockedOut() : fault
  })
  // The DOM's type leaves out views of shared memory, which no message is.
  return webSocketChannel(socket as unknown as Socket)
}

async function post(path: string, body: string): Promise<Response> {
  try {
    return await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
  } catch (cause) {
    throw unreachable(cause)
  }
}

/** True where the server is there and refuses this browser for want of a cookie. */
async function isLockedOut(): Promise<boolean> {
  try {
    const answer = await fetch('/uploads', { method: 'POST', headers: { 'X-File-Name': '' }, body: '' })
    return answer.status === 403
  } catch {
    return false
  }
}

function lockedOut(): WorkbenchError {
  return new WorkbenchError('not-found', 'This browser has not been let in to the workbench.')
}

function unreachable(cause?: unknown): WorkbenchError {
  return new WorkbenchError('unavailable', 'The workbench does not answer.', {}, { cause })
}
