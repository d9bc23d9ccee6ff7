import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

/**
 * Stands in for the module `electron`, whose binary is not everywhere: what the app asks of Electron is kept to be looked
 * at, ports are Node's own, and a utility process is a real process. Use: `vi.mock('electron', () => import('./electronStandIn.ts'))`.
 */
class App extends EventEmitter {
  ended: number | 'quit' | null = null
  /** Whether this is the app's first instance. */
  first = true

  requestSingleInstanceLock(): boolean {
    return this.first
  }

  whenReady(): Promise<void> {
    return Promise.resolve()
  }

  /** As Electron does: whoever prevents `before-quit` keeps the app alive. */
  quit(): void {
    if (this.tell('before-quit')) this.ended = 'quit'
  }

  exit(code: number): void {
    this.ended = code
  }

  /** Emits a cancellable event; true where nobody prevented it. */
  tell(name: string): boolean {
    let prevented = false
    this.emit(name, { preventDefault: () => (prevented = true) })
    return !prevented
  }
}
export const app = new App()

type WindowOpenHandler = (details: { url: string }) => { action: string }

class WebContents extends EventEmitter {
  windowOpenHandler: WindowOpenHandler | undefined

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler
  }

  /** Emits a cancellable event about an address; true where nobody prevented it. */
  tries(name: string, url: string): boolean {
    let allowed = true
    this.emit(name, { url, preventDefault: () => (allowed = false) })
    return allowed
  }
}

export class BrowserWindow extends EventEmitter {
  static opened: BrowserWindow[] = []
  readonly webContents = new WebContents()
  readonly options: { readonly webPreferences: Record<string, unknown> } & Record<string, unknown>
  address = ''
  shown = false
  minimized = false
  focused = 0
  #destroyed = false

  constructor(options: BrowserWindow['options']) {
    super()
    this.options = options
    BrowserWindow.opened.push(this)
  }

  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.opened.filter((window) => !window.isDestroyed())
  }

  loadURL(address: string): Promise<void> {
    this.address = address
    return Promise.resolve()
  }

  show(): void {
    this.shown = true
  }

  focus(): void {
    this.focused++
  }

  isMinimized(): boolean {
    return this.minimized
  }

  restore(): void {
    this.minimized = false
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  destroy(): void {
    this.#destroyed = true
  }
}

type Decide = (answer: { cancel: boolean }) => void

class Session {
  readonly handlers = new Map<string, (request: Request) => Promise<Response>>()
  readonly filters: string[] = []
  beforeRequest: ((details: object, decide: Decide) => void) | undefined
  permissionRequest: ((contents: unknown, permission: string, decide: (allowed: boolean) => void) => void) | undefined
  permissionCheck: ((contents: unknown, permission: string) => boolean) | undefined
  devicePermission: (() => boolean) | undefined

  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) => void this.handlers.set(scheme, handler),
  }
  readonly webRequest = {
    onBeforeRequest: ({ urls }: { urls: string[] }, listener: (details: object, decide: Decide) => void) => {
      this.filters.push(...urls)
      this.beforeRequest = listener
    },
  }

  setPermissionRequestHandler(handler: Session['permissionRequest']): void {
    this.permissionRequest = handler
  }

  setPermissionCheckHandler(handler: Session['permissionCheck']): void {
    this.permissionCheck = handler
  }

  setDevicePermissionHandler(handler: Session['devicePermission']): void {
    this.devicePermission = handler
  }
}
export const session = { defaultSession: new Session() }

export const protocol = {
  schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
  registerSchemesAsPrivileged: (schemes: { scheme: string; privileges: Record<string, boolean> }[]) =>
    void protocol.schemes.push(...schemes),
}

export const ipcMain = new EventEmitter()

/** Electron's MessagePortMain: an emitter of events with `data`, over one of Node's ports. */
class MessagePortMain extends EventEmitter {
  readonly port: MessagePort

  constructor(port: MessagePort) {
    super()
    this.port = port
    port.on('close', () => this.emit('close'))
  }

  start(): void {
    this.port.on('message', (data) => this.emit('message', { data: data as unknown }))
  }

  postMessage(message: unknown): void {
    this.port.postMessage(message)
  }

  close(): void {
    this.port.close()
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePort

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new MessagePortMain(port1)
    this.port2 = port2
  }
}

/** A utility process, as the parent sees it, over a real child of Node. */
class UtilityProcess extends EventEmitter {
  readonly child: ChildProcess

  constructor(entry: string, args: string[], options: { env: NodeJS.ProcessEnv; stdio: ('ignore' | 'pipe')[] }) {
    super()
    this.child = fork(entry, args, { env: options.env, serialization: 'advanced', stdio: [...options.stdio, 'ipc'] })
    this.child.on('message', (message) => this.emit('message', message))
    this.child.on('exit', (code) => this.emit('exit', code ?? 0))
  }

  get pid(): number | undefined {
    return this.child.pid
  }

  get stdout() {
    return this.child.stdout
  }

  get stderr() {
    return this.child.stderr
  }

  postMessage(message: Uint8Array): void {
    this.child.send(message)
  }

  kill(): boolean {
    return this.child.kill()
  }
}
export const utilityProcess = { fork: (...parameters: ConstructorParameters<typeof UtilityProcess>) => new UtilityProcess(...parameters) }

export const dialog = {
  /** The button that the user will press. */
  press: 0,
  asked: [] as { message: string }[],
  errors: [] as [title: string, content: string][],
  showMessageBox: (_window: unknown, options: { message: string }) => {
    dialog.asked.push(options)
    return Promise.resolve({ response: dialog.press })
  },
  showErrorBox: (title: string, content: string) => void dialog.errors.push([title, content]),
}

export const shell = {
  opened: [] as string[],
  openExternal: (address: string) => {
    shell.opened.push(address)
    return Promise.resolve()
  },
}

export const Menu = {
  template: [] as { role?: string }[],
  set: null as object | null,
  buildFromTemplate: (template: { role?: string }[]) => {
    Menu.template = template
    return { template }
  },
  setApplicationMenu: (menu: object) => void (Menu.set = menu),
}

export const nativeTheme = { shouldUseDarkColors: false }
