/**
 * How Electron's page gets its MessagePort: it posts `{ type: CONNECT_PAGE }` to its own window, and the preload answers
 * with `{ type: PAGE_PORT }` and the port. The same two names are the messages between preload and core.
 */
export const CONNECT_PAGE = 'enhancer-workbench:connect'
export const PAGE_PORT = 'enhancer-workbench:port'
