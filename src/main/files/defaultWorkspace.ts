import { homedir } from 'node:os'
import { join } from 'node:path'

const APP = 'Enhancer Workbench'

/**
 * The workspace where none is named, in the place that the system keeps for applications' data: the same for the window,
 * the browser's page and the command line.
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
  return env['XDG_DATA_HOME'] || join(home, '.local', 'share')
}
