import { spawn } from 'node:child_process'

/** The command that opens an address on a platform, or null where nobody would see it: under CI, or without a display. */
export function openerOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly [command: string, ...args: string[]] | null {
  if (env['CI']) return null
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open'] : null
}

/**
 * Opens the address in the user's browser, where there is one. Failing is no failure: the address has been printed. While
 * the opener runs, the address stands in the process list, where other users of the machine can read it.
 */
export function openInBrowser(address: string): void {
  const opener = openerOf(process.platform, process.env)
  if (!opener) return
  const [command, ...args] = opener
  const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}
