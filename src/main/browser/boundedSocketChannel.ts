import type { WebSocket } from 'ws'
import type { Channel } from '../../shared/rpc/channel.ts'
import { webSocketChannel } from '../../shared/rpc/webSocketChannel.ts'

/** Bytes that may wait for a page to read them; the largest answers, whole tables as TSV, stay well below. */
export const MOST_UNREAD = 512 * 2 ** 20
/** The WebSocket code for "try again later". */
const TRY_AGAIN_LATER = 1013

/**
 * A page's channel that gives up on a page that has stopped reading, instead of keeping for it what may be a week of
 * events. The page connects again when it wakes.
 */
export function boundedSocketChannel(socket: WebSocket, mostUnread = MOST_UNREAD): Channel {
  const channel = webSocketChannel(socket)
  return {
    ...channel,
    send: (message) => {
      if (socket.bufferedAmount <= mostUnread) return channel.send(message)
      socket.close(TRY_AGAIN_LATER)
      socket.terminate()
    },
  }
}
