import { homedir } from 'node:os'
import { join } from 'node:path'

const APP = 'Enhancer Workbench'

/**
 * The workspace where none is named: the folder `workspace` in what Electron calls the app's userData, so that the window,
 * the browser's page and the command line meet in the same one.
 */
export function defaultWorkspace(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home = homedir(),
): string {
  return join(applicationData(platform, env, home), APP, 'workspace')
}

function applicationData(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support')
  if (platform === 'win32') return env['APPDATA'] || join(home, 'AppData', 'Roaming')
  return env['XDG_CONFIG_HOME'] || join(home, '.config')
}
