import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packageFolder = fileURLToPath(new URL('../../../node_modules/electron', import.meta.url))

/** Electron's binary, or why no window can be opened here, in words. */
export function electronBinary(env: NodeJS.ProcessEnv = process.env): { readonly path: string } | { readonly missing: string } {
  const named = join(packageFolder, 'path.txt')
  if (!existsSync(named)) return { missing: 'Electron’s binary is not here: its package could not fetch it.' }
  const path = join(env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(packageFolder, 'dist'), readFileSync(named, 'utf8'))
  if (!existsSync(path)) return { missing: 'Electron’s binary is not here: its package could not fetch it.' }
  if (process.platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'])
    return { missing: 'There is no display here for Electron’s window.' }
  return { path }
}
