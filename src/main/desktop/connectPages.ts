import { ipcMain, MessageChannelMain, type WebContents } from 'electron'
import type { Channel } from '../../shared/rpc/channel.ts'
import { messagePortChannel } from '../../shared/rpc/messagePortChannel.ts'
import { CONNECT_PAGE, PAGE_PORT } from '../../shared/rpc/pagePort.ts'
import { isPageAddress } from './pageProtocol.ts'

/** Gives each page that asks a port of its own; a page that asks again, after a reload, loses its old one. */
export function connectPages(attach: (channel: Channel) => void): void {
  const connected = new WeakMap<WebContents, Channel>()
  ipcMain.on(CONNECT_PAGE, ({ sender, senderFrame }) => {
    // Frames within the page, and pages from elsewhere, are not what the core talks to.
    if (!senderFrame || senderFrame.parent !== null || !isPageAddress(senderFrame.url)) return
    connected.get(sender)?.close()
    const { port1, port2 } = new MessageChannelMain()
    const channel = messagePortChannel(port1)
    connected.set(sender, channel)
    attach(channel)
    senderFrame.postMessage(PAGE_PORT, null, [port2])
  })
}
